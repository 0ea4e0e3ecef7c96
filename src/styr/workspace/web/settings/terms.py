"""Sections and services: what comes with the program, and the municipality's own word on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.audit.queries import record_history
from styr.contracts import local_terms
from styr.contracts import queries as contracts
from styr.contracts.core.codes import TermKind
from styr.contracts.local_terms import OwnWord
from styr.contracts.own_terms import OwnCard, own_terms, use_of
from styr.controls.core.explain import section as section_title
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ui.toasts import tell
from styr.workspace.web.settings.forms import OwnTermForm, TermForm

TO_CHECK = "kontrollér"


@dataclass(frozen=True, slots=True)
class Term:
    """A section or a service as the page shows it; `source` and what follows it are empty for a service."""

    what: TermKind
    code: str
    title: str
    name: str
    own: OwnWord | None
    source: str = ""
    kle: str = ""
    replaces: str = ""
    added: OwnCard | None = None
    known: bool = True

    @property
    def state(self) -> str:
        """What keeps it from being chosen, in a word: retired or not begun (municipality's own), or out of use."""
        if self.added and not self.known:
            return f"Fra {danish_date(self.added.starts)}" if self.added.ends is None else "Udgået"
        return "" if self.in_use else "Ikke i brug"

    @property
    def in_use(self) -> bool:
        """Whether the municipality uses it; what it has said nothing of is in use."""
        return self.own is None or self.own.in_use

    @property
    def to_check(self) -> bool:
        """Whether the program's row is to be looked up, and nobody has noted that they did."""
        return self.added is None and TO_CHECK in self.source and (self.own is None or self.own.checked_on is None)


@requires(Permission.SEE_SETTINGS)
@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """The law's sections as they hold on a day, and the kinds of service, with the municipality's own word."""
    on = _day(request.GET.get("dato", "")) or clock.today()
    context = {
        "section": "settings",
        "sections": _terms(TermKind.SECTION, on),
        "services": _terms(TermKind.SERVICE, on),
        "on": on,
    }
    return render(request, "workspace/settings/sections.html", context)


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def section(request: HttpRequest, code: str) -> HttpResponse:
    """One section of the law: used or not, its own name, whether it has been looked up, and since when."""
    return _term_page(request, TermKind.SECTION, code)


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One kind of service: used or not, its own name, and since when."""
    return _term_page(request, TermKind.SERVICE, code)


def _term_page(request: HttpRequest, what: TermKind, code: str) -> HttpResponse:
    today = clock.today()
    term = next((one for one in _terms(what, today) if one.code == code), None)
    if term is None:
        raise Http404("Den findes hverken blandt programmets eller jeres egne.")
    words = local_terms.words_about(what, code)
    form = TermForm(
        request.POST or None, initial=_initial(words, today), checkable=term.added is None and TO_CHECK in term.source
    )
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        given = form.cleaned_data
        try:
            local_terms.set_term(
                municipality_id=person.municipality_id,
                what=what,
                code=code,
                in_use=given["in_use"],
                name=given["name"],
                checked=given.get("checked", False),
                starts=given["starts"],
                actor_id=person.id,
                today=today,
            )
        except local_terms.UnableToSetTermError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, f"Opsætningen gælder fra {danish_date(given['starts'])}.")
            return redirect("section_term" if what is TermKind.SECTION else "service_term", code)
    history = record_history("contracts.LocalTerm", words[0].id) if words else ()
    context = {"section": "settings", "term": term, "words": words, "form": form, "history": history, "today": today}
    return render(request, "workspace/settings/term.html", context | _of_our_own(term, today))


def _of_our_own(term: Term, today: date) -> dict[str, Any]:
    """What the page has besides for what the municipality has added itself."""
    if term.added is None:
        return {}
    history = record_history("contracts.OwnTerm", term.added.id)
    return {
        "own_form": OwnTermForm(initial={"words": term.added.words, "ends": term.added.ends}),
        "own_address": reverse("section_own" if term.what is TermKind.SECTION else "service_own", args=[term.code]),
        "own_history": history,
        "use": use_of(term.code, today=today),
    }


def _terms(what: TermKind, on: date) -> list[Term]:
    """What comes with the program and holds on the day, and all that the municipality has added."""
    own, added = local_terms.own_words(what, on=on), own_terms(what)
    if what is TermKind.SERVICE:
        return [
            Term(what, code, one.name, one.name, own.get(code), added=added.get(code) if one.own_id else None,
                 known=one.holds(on))
            for code, one in contracts.service_kinds().items()
        ]  # fmt: skip
    known = contracts.sections_on(on)
    terms = [
        Term(what, one.code, section_title(one.code), one.name, own.get(one.code), one.source, one.kle, one.replaces,
             added=added.get(one.code) if one.own_id else None)
        for one in known.values()
    ]  # fmt: skip
    others = [one for one in added.values() if one.code not in known]
    return terms + [
        Term(what, one.code, section_title(one.code), one.name, own.get(one.code), one.reason, one.kle, added=one,
             known=False)
        for one in others
    ]  # fmt: skip


def _initial(words: tuple[OwnWord, ...], today: date) -> dict[str, Any]:
    latest = words[0] if words else None
    return {"in_use": latest is None or latest.in_use, "name": latest.name if latest else "", "starts": today}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
