"""What the command palette (Ctrl K) shows: hits in groups, answered by the page of search."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HEADER = "X-Palette"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to go to. `icon` is a name of frontend/icons.txt; `note` a few quiet words to the right."""

    title: str
    address: str
    icon: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind under a Danish title; a group without hits is left out by whoever makes it."""

    title: str
    hits: tuple[Hit, ...]


def asked_by_palette(request: HttpRequest) -> bool:
    """Whether the palette asks, and not a person who opened the page of search."""
    return request.headers.get(HEADER) == "1"


def palette_response(request: HttpRequest, groups: Sequence[Group], *, words: str) -> HttpResponse:
    """The fragment that the palette puts in its list; never kept by the browser, for it may hold names."""
    response = render(request, "ui/palette_results.html", {"groups": groups, "words": words})
    response["Cache-Control"] = "no-store"
    return response
