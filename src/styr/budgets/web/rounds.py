"""Follow-up rounds: the list, one round at the meeting, and its minutes on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.budgets.economy_units import units_with_economy
from styr.budgets.round_pages import RoundPage, open_actions, round_page, rounds_of
from styr.budgets.rounds import (
    Actor,
    Agreed,
    UnableToFollowUpEconomyError,
    UnknownRoundError,
    agree,
    close_round,
    open_round,
    write_note,
)
from styr.budgets.web.asked import asked, user_of, uuid_or_none
from styr.budgets.web.names import OTHER_UNIT
from styr.budgets.web.round_forms import ActionForm, CloseForm, NoteForm, OpenForm
from styr.kernel import clock
from styr.people import queries as people
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell

if TYPE_CHECKING:
    from uuid import UUID

MOST_LINES = 40


def actor_of(request: HttpRequest) -> Actor:
    """The person at the page, now."""
    return Actor(user_of(request), request.user.municipality_id, clock.today(), clock.now())  # type: ignore[union-attr]  # the rule let in a user


class Told:
    """Something of the round, with the name of the citizen it is about."""

    def __init__(self, row: Any, names: dict[UUID, str]) -> None:
        self._row = row
        self.name = names.get(row.citizen_id, OTHER_UNIT) if row.citizen_id else ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


@require_safe
@requires(Permission.SEE_ECONOMY)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round that one sees, and one's own open actions."""
    wanted = asked(request)
    context = {
        "section": "economy",
        "asked": wanted,
        "rounds": rounds_of(year=wanted.year),
        "actions": open_actions(owner_id=user_of(request), today=wanted.today),
        "may_follow_up": may(request, Permission.FOLLOW_UP_ECONOMY),
    }
    return render(request, "budgets/rounds.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.FOLLOW_UP_ECONOMY)
@once
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round of a unit with the figures of today."""
    wanted = asked(request)
    units = [(str(one.id), one.name) for one in units_with_economy(wanted.known, wanted.year)]
    chosen = {"unit": request.GET.get("enhed", ""), "held_on": wanted.today}
    form = OpenForm(request.POST or None, units=units, initial=chosen)
    if request.method == "POST" and form.is_valid():
        unit_id = uuid_or_none(form.cleaned_data["unit"])
        try:
            made = open_round(unit_id=unit_id, year=wanted.year, held_on=form.cleaned_data["held_on"],
                              actor=actor_of(request)) if unit_id else None  # fmt: skip
        except UnableToFollowUpEconomyError as refused:
            form.add_error(None, str(refused))
        else:
            if made is not None:
                tell(request, "Runden er åbnet med tallene, som de er nu.")
                return redirect("round", round_id=made)
    context = {"section": "economy", "asked": wanted, "form": form, "units": units}
    return render(request, "budgets/round_new.html", context)


@require_safe
@requires(Permission.SEE_ECONOMY)
def round_(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The round as one sits with it: what changed, who deviates, what was said and agreed."""
    return _shown(request, page_or_404(round_id))


@require_safe
@requires(Permission.SEE_ECONOMY)
def round_minutes(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The minutes, for paper."""
    page = page_or_404(round_id)
    context = _context(request, page)
    return kept_back(render(request, "budgets/minutes.html", context))


@require_POST
@requires(Permission.FOLLOW_UP_ECONOMY)
@once
def round_note(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Write what was said."""
    page = page_or_404(round_id)
    form = NoteForm(request.POST, citizens=_choices(_context(request, page)), auto_id="note_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            write_note(round_id=round_id, text=given["tekst"], citizen_id=uuid_or_none(given["borger"]),
                       actor=actor_of(request))  # fmt: skip
        except UnableToFollowUpEconomyError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Notatet er gemt.")
            return redirect(reverse("round", args=[round_id]) + "#notater")
    return _shown(request, page, 422, note_form=form)


@require_POST
@requires(Permission.FOLLOW_UP_ECONOMY)
@once
def round_action(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Write what was agreed."""
    page = page_or_404(round_id)
    form = ActionForm(request.POST, citizens=_choices(_context(request, page)), auto_id="action_%s",
                      colleagues=_colleagues(page))  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        effect = given["virkning"]
        agreed = Agreed(
            text=given["handling"], owner_id=uuid_or_none(given["ansvarlig"]) or user_of(request),
            due_on=given["frist"], effect_ore=None if effect is None else int(effect * 100),
            citizen_id=uuid_or_none(given["borger"]),
        )  # fmt: skip
        try:
            agree(round_id=round_id, agreed=agreed, actor=actor_of(request))
        except UnableToFollowUpEconomyError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Aftalen er gemt.")
            return redirect(reverse("round", args=[round_id]) + "#aftaler")
    return _shown(request, page, 422, action_form=form)


@require_http_methods(["GET", "POST"])
@requires(Permission.FOLLOW_UP_ECONOMY)
@once
def round_close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Close the round with its minutes."""
    page = page_or_404(round_id)
    initial = {"version": page.version, "attendees": page.attendees, "summary": page.summary}
    form = CloseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            close_round(round_id=round_id, attendees=given["attendees"], summary=given["summary"],
                        seen_version=given["version"], actor=actor_of(request))  # fmt: skip
        except UnableToFollowUpEconomyError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Runden er afsluttet, og referatet er klar.")
            return redirect("round_minutes", round_id=round_id)
    context = {"section": "economy", "page": page, "form": form}
    return render(request, "budgets/round_close.html", context)


def page_or_404(round_id: UUID) -> RoundPage:
    """The round, or 404 where there is none for the caller."""
    try:
        return round_page(round_id)
    except UnknownRoundError as missing:
        raise Http404(str(missing)) from missing


def _context(request: HttpRequest, page: RoundPage) -> dict[str, Any]:
    """The round with the names of those it shows."""
    most = rows_shown(request, MOST_LINES)
    deviating, changed = page.deviating[:most], page.changed[:most]
    about: tuple[Any, ...] = (*deviating, *changed, *page.notes, *page.actions, *page.earlier_actions)
    ids = {one.citizen_id for one in about if one.citizen_id is not None}
    today, purpose = clock.today(), "opfølgningsrunde"
    shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose=purpose, today=today) if ids else {}
    names = {id_: line.name for id_, line in shown.items()}
    return {
        "section": "economy", "page": page, "head": page.head, "today": today, "names": names,
        "deviating": [Told(one, names) for one in deviating], "deviating_more": len(page.deviating) - len(deviating),
        "changed": [Told(one, names) for one in changed], "changed_more": len(page.changed) - len(changed),
        "notes": [Told(one, names) for one in page.notes], "actions": [Told(one, names) for one in page.actions],
        "earlier": [Told(one, names) for one in page.earlier_actions],
        "may_follow_up": may(request, Permission.FOLLOW_UP_ECONOMY) and page.open,
    }  # fmt: skip


def _choices(context: dict[str, Any]) -> list[tuple[str, str]]:
    in_round = {one.citizen_id for one in context["page"].moved if one.now is not None}
    known = [(str(id_), name) for id_, name in context["names"].items() if id_ in in_round]
    return [("", "Enheden som helhed"), *sorted(known, key=lambda one: one[1])]


def _colleagues(page: RoundPage) -> list[tuple[str, str]]:
    able = colleagues_who(Permission.FOLLOW_UP_ECONOMY, unit_id=page.head.unit_id, on=clock.today())
    return [(str(one.id), one.name) for one in able]


def _shown(request: HttpRequest, page: RoundPage, status: int = 200, **forms_: Any) -> HttpResponse:
    context = _context(request, page)
    if context["may_follow_up"]:
        choices = _choices(context)
        context["note_form"] = NoteForm(citizens=choices, auto_id="note_%s")
        context["action_form"] = ActionForm(citizens=choices, colleagues=_colleagues(page), auto_id="action_%s",
                                            initial={"ansvarlig": str(user_of(request))})  # fmt: skip
    return kept_back(render(request, "budgets/round.html", context | forms_, status=status))


def kept_back(answer: HttpResponse) -> HttpResponse:
    """The answer, kept by no cache: it names citizens."""
    answer["Cache-Control"] = "no-store"
    return answer
