"""The frame of a page: the entries of the rail, and who is logged in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template import Context
from django.template.base import Variable, VariableDoesNotExist
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ui.rail import CONTRACTS, ECONOMY, END, MAIN, RESULTS, TRANSPORT, Place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with its address, for the person who looks."""

    place: Place
    address: str
    current: bool


def _may(context: Context, permission: str) -> bool:
    if not permission or "may" not in context:
        return True
    try:
        return bool(Variable(f"may.{permission}").resolve(context))
    except VariableDoesNotExist:
        return False


def _entries(context: Context, places: Iterable[Place]) -> list[Entry]:
    entries = []
    for place in places:
        try:
            address = reverse(place.url)
        except NoReverseMatch:
            continue  # the part of the program with this page is not there
        if _may(context, place.needs):
            entries.append(Entry(place, address, context.get("section") == place.url))
    return entries


@register.simple_tag
def printed_at() -> str:
    """When the page was drawn, for the head of the paper: "21. nov. 2026 kl. 09.12"."""
    now = timezone.localtime(clock.now())
    return f"{danish_date(now.date())} kl. {now:%H.%M}"


@register.simple_tag(takes_context=True)
def rail(context: Context) -> list[Entry]:
    """The main entries that exist and that the person may open."""
    return _entries(context, MAIN)


@register.simple_tag(takes_context=True)
def rail_end(context: Context) -> list[Entry]:
    """The entries at the foot of the rail."""
    return _entries(context, END)


@register.simple_tag(takes_context=True)
def economy_places(context: Context) -> list[Entry]:
    """The sub-pages of the economy that exist and that the person may open."""
    return _entries(context, ECONOMY)


@register.simple_tag(takes_context=True)
def contract_places(context: Context) -> list[Entry]:
    """The sub-pages about contracts that exist and that the person may open."""
    return _entries(context, CONTRACTS)


@register.simple_tag(takes_context=True)
def transport_places(context: Context) -> list[Entry]:
    """The sub-pages of transport that exist and that the person may open."""
    return _entries(context, TRANSPORT)


@register.simple_tag(takes_context=True)
def result_places(context: Context) -> list[Entry]:
    """The sub-pages of results that exist and that the person may open."""
    return _entries(context, RESULTS)


@register.filter
def initials(name: str | None) -> str:
    """The first letters of the first and the last name: "Lone Kjær" → "LK"."""
    words = (name or "").split()
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
