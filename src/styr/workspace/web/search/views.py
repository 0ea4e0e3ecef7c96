"""Search: the palette's hits (Ctrl K) and the full page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from styr.access.web.rules import anyone_logged_in, permissions_everywhere, permissions_for
from styr.controls.core.registry import REGISTRY
from styr.kernel import clock
from styr.ui.palette import Group, Hit, asked_by_palette, palette_response
from styr.ui.sealed_words import opened
from styr.workspace import lookup
from styr.workspace.core.glossary import glossary
from styr.workspace.core.guides import GUIDES
from styr.workspace.core.places import called, places
from styr.workspace.core.searching import LONGEST
from styr.workspace.lookup import Answer
from styr.workspace.web.addresses import page_of

ICONS = {
    "citizen": "user",
    "supplier": "building-2",
    "contract": "file-text",
    "draft": "pencil",
    "grant": "coins",
    "invoice": "receipt",
}
_IN_PALETTE, _ON_PAGE = 6, 25
_LEAST = 3


@anyone_logged_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find citizens, suppliers, contracts, grants, invoices, pages and actions.

    What is looked for is posted, so that names and CPR numbers stand in no address; a GET, whose words may be sealed,
    finds everything but CPR.
    """
    posted = request.method == "POST"
    words = request.POST.get("q", "") if posted else opened(request.GET.get("q", ""))
    text = words.strip()[:LONGEST]
    palette = asked_by_palette(request)
    permissions = permissions_for(request)
    most = _IN_PALETTE if palette else _ON_PAGE
    answer = lookup.look_up(
        text, permissions=permissions, today=clock.today(), page=request.path, most=most, cpr_allowed=posted
    )
    found = [*_registers(answer), *_places(request, text, most), *_controls(text, most), *_help(text, most)]
    if palette:
        return palette_response(request, _told(answer, found), words=text)
    context = {"section": "", "groups": found, "answer": answer, "words": text, "posted": posted}
    return render(request, "workspace/search/results.html", context)


def _registers(answer: Answer) -> list[Group]:
    groups = []
    for group in answer.groups:
        hits = [(hit, page_of(hit.kind, hit.id)) for hit in group.hits]
        shown = tuple(Hit(hit.title, address, ICONS[hit.kind], hit.detail) for hit, address in hits if address)
        if shown:
            groups.append(Group(group.title + (" (flere findes)" if group.more else ""), shown))
    return groups


def _places(request: HttpRequest, text: str, most: int) -> list[Group]:
    wanted = places(text, permissions_for(request), everywhere=permissions_everywhere(request), most=most)
    found = [(one, page_of(one.url_name, *filter(None, [one.given]))) for one in wanted]
    hits = [
        (one.action, Hit(one.title, f"{address}?{one.query}" if one.query else address, one.icon))
        for one, address in found
        if address
    ]
    groups = [
        Group("Handlinger", tuple(hit for action, hit in hits if action)),
        Group("Sider", tuple(hit for action, hit in hits if not action)),
    ]
    return [group for group in groups if group.hits]


def _controls(text: str, most: int) -> list[Group]:
    """Kinds of findings by the beginning of a word of their title."""
    asked = text.casefold()
    if len(asked) < _LEAST:
        return []
    address = page_of("findings")
    hits = [
        Hit(control.title, f"{address}?type={control.code}", "shield-check", "afvigelser af denne type")
        for control in REGISTRY.controls
        if any(word.startswith(asked) for word in control.title.casefold().replace("»", "").split())
    ]
    return [Group("Typer af afvigelser", tuple(hits[:most]))] if hits else []


def _help(text: str, most: int) -> list[Group]:
    """Guides, and words of the glossary, that are called so."""
    address = page_of("glossary")
    if len(text) < _LEAST or address is None:
        return []
    guides = called(text, GUIDES, lambda one: (one.title, one.about), most=most)
    terms = called(text, glossary(), lambda one: (one.word, ""), most=most)
    hits = [
        *(Hit(one.title, page_of("help_guide", one.slug) or address, one.icon, "vejledning") for one in guides),
        *(Hit(one.word, f"{address}#{slugify(one.word)}", "book-open", one.meaning) for one in terms),
    ]
    return [Group("Hjælp", tuple(hits[:most]))] if hits else []


def _told(answer: Answer, found: list[Group]) -> list[Group]:
    """What the palette must say besides: that a number is mistyped, or that CPR is looked up on the page of search."""
    if answer.misread:
        return [Group(answer.misread, ()), *found]
    return found
