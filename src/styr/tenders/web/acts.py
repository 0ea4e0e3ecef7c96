"""What is done to a tender: each act is a POST, and goes back to the part that it was done at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.tenders import asking, lotting, preparing
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError
from styr.tenders.core.codes import Need, SplitBy
from styr.tenders.queries import lot_views
from styr.tenders.web.forms import ExtendForm, PublishForm, TermsForm, VolumeForm, noon
from styr.tenders.web.views import part_page, tender_or_404
from styr.trips.web.acting import by_of
from styr.ui.toasts import tell, tell_with_undo, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def back(tender_id: UUID, part: str) -> HttpResponse:
    """To a part of the tender."""
    return redirect(f"{reverse('tender', args=[tender_id])}?fane={part}")


def done(request: HttpRequest, tender_id: UUID, part: str, act: Callable[[], Any], words: str = "") -> HttpResponse:
    """Do it, say so or why not, and go back."""
    try:
        act()
    except (UnableToTenderError, TenderNotVisibleError) as refused:
        warn(request, str(refused))
    else:
        if words:
            tell(request, words)
    return back(tender_id, part)


def uuid_of(word: str | None) -> UUID | None:
    """The id that a word is, or None."""
    try:
        return UUID(word or "")
    except ValueError:
        return None


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def propose(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Count anew and lay other lots."""
    tender_or_404(tender_id)
    word = request.POST.get("opdeling", "")
    split = SplitBy(word) if word in SplitBy.values() else SplitBy.DESTINATION
    act = lambda: lotting.propose_again(tender_id=tender_id, split_by=split, by=by_of(request))  # noqa: E731 -- done later
    return done(request, tender_id, "omfang", act, "Delaftalerne er lagt på ny.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def move(request: HttpRequest, tender_id: UUID, lot_id: UUID) -> HttpResponse:
    """Move a group of rides to another lot, or to a new one. The group is told by its place in the lot's list."""
    tender = tender_or_404(tender_id)
    told = request.POST.get("gruppe", "")
    view = next((one for one in lot_views(tender) if one.lot.id == lot_id), None)
    groups = {f"{one.destination_id}|{one.area}|{one.need.value}": one for one in (view.groups if view else ())}
    group = groups.get(told)
    if group is None:
        warn(request, "Gruppen er ikke længere i delaftalen. Se listen igen.")
        return back(tender_id, "omfang")
    moved = lotting.Group(destination_id=group.destination_id, area=group.area, need=Need(group.need))
    to_lot = uuid_of(request.POST.get("til"))

    def act() -> None:
        lotting.move_group(tender_id=tender_id, from_lot=lot_id, group=moved, to_lot=to_lot, by=by_of(request))

    return done(request, tender_id, "omfang", act, "Gruppen er flyttet, og mængderne er talt på ny.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def merge(request: HttpRequest, tender_id: UUID, lot_id: UUID) -> HttpResponse:
    """Put a lot into another."""
    tender_or_404(tender_id)
    into = uuid_of(request.POST.get("til"))
    if into is None:
        warn(request, "Vælg den delaftale, der skal slås sammen med.")
        return back(tender_id, "omfang")

    def act() -> None:
        lotting.merge_lots(tender_id=tender_id, lot_id=lot_id, into=into, by=by_of(request))

    return done(request, tender_id, "omfang", act, "Delaftalerne er slået sammen.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def rename(request: HttpRequest, tender_id: UUID, lot_id: UUID) -> HttpResponse:
    """Call a lot something else."""
    tender_or_404(tender_id)

    def act() -> None:
        lotting.rename_lot(lot_id=lot_id, name=request.POST.get("navn", ""), by=by_of(request))

    return done(request, tender_id, "omfang", act, "Navnet er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def volume(request: HttpRequest, tender_id: UUID, lot_id: UUID) -> HttpResponse:
    """Let a volume be what a person knows."""
    tender = tender_or_404(tender_id)
    form = VolumeForm(request.POST)
    if not form.is_valid():
        return part_page(request, tender, "omfang", {"volume_form": form}, 422)
    told = form.cleaned_data

    def act() -> None:
        lotting.set_volume(
            lot_id=lot_id, element=told["element"], quantity=told["antal"], note=told["note"], by=by_of(request)
        )

    return done(request, tender_id, "omfang", act, "Mængden er rettet.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
@held_row("tenders.Tender", id="tender_id")
def terms(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Choose by what bids are judged."""
    tender = tender_or_404(tender_id)
    form = TermsForm(request.POST, tender=tender, criteria=list(tender.criteria.order_by("number")))
    if form.is_valid():
        try:
            preparing.set_terms(tender_id=tender_id, terms=form.terms(), by=by_of(request))
        except UnableToTenderError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Bedømmelsen er valgt.")
            return back(tender_id, "materiale")
    return part_page(request, tender, "materiale", {"terms_form": form}, 422)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def requirements(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Keep the requirements that are ticked, and add one of our own."""
    tender = tender_or_404(tender_id)
    ticked, must = set(request.POST.getlist("krav")), set(request.POST.getlist("skal"))
    kept = [(one.code, one.text, one.code in must) for one in tender.requirements.all() if one.code in ticked]
    own = request.POST.get("eget", "").strip()[:500]
    if own:
        taken = {one.code for one in tender.requirements.all()}
        code = next(f"E{number}" for number in range(1, 1000) if f"E{number}" not in taken)
        kept.append((code, own, True))

    def act() -> None:
        preparing.keep_requirements(tender_id=tender_id, kept=kept, by=by_of(request))

    return done(request, tender_id, "materiale", act, "Kravene er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def invite(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Choose who may bid in a mini tender."""
    tender_or_404(tender_id)
    chosen = [found for word in request.POST.getlist("operatoer") if (found := uuid_of(word))]

    def act() -> None:
        asking.invite(tender_id=tender_id, operator_ids=chosen, by=by_of(request))

    return done(request, tender_id, "materiale", act, "Indbydelserne er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def publish(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Close what is asked for, and set the deadlines."""
    tender = tender_or_404(tender_id)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            asking.publish(
                tender_id=tender_id, questions_until=form.cleaned_data["spoergsmaal"], bids_until=form.bids_until(),
                by=by_of(request),
            )  # fmt: skip
        except UnableToTenderError as refused:
            form.add_error(None, str(refused))
        else:
            tell_with_undo(
                request,
                "Udbuddet er offentliggjort. Materialet er låst.",
                undo=reverse("tender_take_back", args=[tender_id]),
            )
            return back(tender_id, "materiale")
    return part_page(request, tender, "materiale", {"publish_form": form}, 422)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def take_back(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Make it a draft again."""
    tender_or_404(tender_id)

    def act() -> None:
        asking.take_back(tender_id=tender_id, by=by_of(request))

    return done(request, tender_id, "materiale", act, "Udbuddet er en kladde igen.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def extend(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Give longer."""
    tender = tender_or_404(tender_id)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return part_page(request, tender, "materiale", {"extend_form": form}, 422)
    until = noon(form.cleaned_data["tilbud"])

    def act() -> None:
        asking.extend(tender_id=tender_id, bids_until=until, by=by_of(request))

    return done(request, tender_id, "materiale", act, "Fristen er forlænget. Giv alle besked.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def question(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Note a question."""
    tender_or_404(tender_id)

    def act() -> None:
        asking.ask(tender_id=tender_id, text=request.POST.get("tekst", ""), by=by_of(request))

    return done(request, tender_id, "spoergsmaal", act, "Spørgsmålet er noteret uden navn.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def answer(request: HttpRequest, tender_id: UUID, tender_question_id: UUID) -> HttpResponse:
    """Answer a question."""
    tender_or_404(tender_id)

    def act() -> None:
        asking.answer(question_id=tender_question_id, text=request.POST.get("svar", ""), by=by_of(request))

    return done(request, tender_id, "spoergsmaal", act, "Svaret er gemt. Send listen til alle.")
