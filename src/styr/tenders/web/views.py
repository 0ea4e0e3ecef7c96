"""The tenders, a new one, and one tender with its parts: what is bought, the papers, the bids, the judging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.tenders import preparing, queries
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError
from styr.tenders.awarding import judged
from styr.tenders.core.codes import SplitBy, TenderState
from styr.tenders.judging import JUDGES, judged_bids
from styr.tenders.papers import uncertainty
from styr.tenders.standing import decided_lot, score_rows
from styr.tenders.web.forms import (
    BidForm,
    ExtendForm,
    NewTenderForm,
    PointsForm,
    PublishForm,
    TermsForm,
    VolumeForm,
    first_days,
    some_weeks,
)
from styr.trips.web.acting import by_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from styr.tenders.models import Tender

PARTS: Final = (
    ("omfang", "Omfang"),
    ("materiale", "Krav og materiale"),
    ("spoergsmaal", "Spørgsmål"),
    ("tilbud", "Tilbud"),
    ("vurdering", "Vurdering"),
    ("afgoerelse", "Afgørelse"),
)
_NEXT: Final = {
    TenderState.DRAFT: "Se delaftaler og mængder efter, vælg krav og pointmodel, og offentliggør.",
    TenderState.PUBLISHED: "Svar på spørgsmål, og registrér tilbud. De åbnes af to efter fristen.",
    TenderState.OPENED: "To personer giver point for service hver for sig. Derefter besluttes der.",
    TenderState.AWARDED: "Send brevene samtidig, vent standstill ud, og sæt priserne i kraft.",
    TenderState.CONCLUDED: "Vinderens priser ligger i prisaftalerne og gælder fra aftalens første dag.",
    TenderState.CANCELLED: "Udbuddet er annulleret.",
}


@requires(Permission.SEE_TRANSPORT)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every tender, the latest first."""
    context = {"section": "transport", "tenders": queries.tender_cards()}
    return render(request, "tenders/list.html", context)


@requires(Permission.EDIT_TRANSPORT, everywhere=True)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """Which rides are put out to competition."""
    today = clock.today()
    form = NewTenderForm(request.POST or None, choosable=queries.choosable(today), initial=first_days(today))
    if request.method == "POST" and form.is_valid():
        try:
            made = preparing.make_tender(asked=form.asked(), by=by_of(request))
        except UnableToTenderError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("tender", made)
    return render(request, "tenders/new.html", {"section": "transport", "form": form})


@requires(Permission.SEE_TRANSPORT)
@require_safe
def one(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """One part of a tender."""
    asked = request.GET.get("fane", "")
    return part_page(request, tender_or_404(tender_id), asked if asked in _FILLED else "omfang")


def part_page(
    request: HttpRequest, tender: Tender, part: str, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The tender's page at a part; `forms` are those that were sent and came back with errors."""
    state = TenderState(tender.state)
    context: dict[str, Any] = {
        "section": "transport", "tender": tender, "state": state, "part": part, "parts": PARTS, "next": _NEXT[state],
        "may_edit": may(request, Permission.EDIT_TRANSPORT), "may_decide": may(request, Permission.NEGOTIATE),
        "is_draft": state is TenderState.DRAFT, "passed": queries.deadline_passed(tender, clock.now()),
    }  # fmt: skip
    context |= _FILLED[part](request, tender) | (forms or {})
    answer = render(request, f"tenders/{part}.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def tender_or_404(tender_id: UUID) -> Tender:
    """The tender; raises `Http404`."""
    try:
        return queries.tender_of(tender_id)
    except TenderNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _scope(_request: HttpRequest, tender: Tender) -> dict[str, Any]:
    lots = queries.lot_views(tender)
    return {
        "lots": [(lot, uncertainty(lot)) for lot in lots],
        "value_ore": queries.value_ore(tender, [lot.lot for lot in lots]),
        "today_ore": sum(lot.lot.today_ore or 0 for lot in lots),
        "riders": sum(lot.lot.riders for lot in lots),
        "trips": sum(lot.trips for lot in lots),
        "counted": sum(lot.counted for lot in lots),
        "splits": [(one.value, one.danish) for one in SplitBy],
        "volume_form": VolumeForm(),
    }


def _material(_request: HttpRequest, tender: Tender) -> dict[str, Any]:
    criteria = list(tender.criteria.order_by("number"))
    invited = set(tender.invitations.values_list("operator_id", flat=True))
    return {
        "requirements": list(tender.requirements.order_by("part", "code")),
        "criteria": criteria,
        "terms_form": TermsForm(tender=tender, criteria=criteria),
        "publish_form": PublishForm(initial=some_weeks(clock.today())),
        "extend_form": ExtendForm(),
        "operators": [(key, name, key in invited) for key, name in queries.operators()],
    }


def _questions(_request: HttpRequest, tender: Tender) -> dict[str, Any]:
    return {"questions": list(tender.questions.select_related("answered_by").order_by("number"))}


def _bids(request: HttpRequest, tender: Tender) -> dict[str, Any]:
    people = queries.people_of(tender)
    offered = queries.operators()
    if tender.kind == "mini":
        invited = set(tender.invitations.values_list("operator_id", flat=True))
        offered = [(key, name) for key, name in offered if key in invited]
    return {
        "bids": queries.bids_of(tender),
        "people": people,
        "mine": next((one for one in people if one.user_id == request.user.pk), None),
        "bid_form": BidForm(operators=offered),
    }


def _judging(request: HttpRequest, tender: Tender) -> dict[str, Any]:
    """Nobody's points are shown before two have given theirs; one's own are."""
    bids, criteria = judged_bids(tender), list(tender.criteria.order_by("number"))
    people = queries.people_of(tender)
    given = [one for one in people if one.submitted_at]
    mine = next((one for one in people if one.user_id == request.user.pk), None)
    shown = given if len(given) >= JUDGES else [one for one in given if one == mine]
    return {
        "bids": bids,
        "criteria": criteria,
        "given": given,
        "closed": len(given) >= JUDGES,
        "mine": mine,
        "points_form": PointsForm(bids=bids, criteria=criteria),
        "scores": score_rows(tender, criteria, shown),
    }


def _decision(_request: HttpRequest, tender: Tender) -> dict[str, Any]:
    opened = tender.state in {TenderState.OPENED, TenderState.AWARDED, TenderState.CONCLUDED}
    bids = {bid.id: bid for bid in queries.bids_of(tender)}
    awards = {award.lot_id: award for award in queries.awards_of(tender)}
    lots = judged(tender, list(bids.values())) if opened else []
    judges = tender.people.filter(submitted_at__isnull=False).count()
    return {
        "opened": opened,
        "lots": [decided_lot(found, bids, awards.get(found.lot.id)) for found in lots],
        "bids": list(bids.values()),
        "judges_missing": JUDGES - judges,
        "can_conclude": tender.standstill_until is not None and clock.today() > tender.standstill_until,
    }


_FILLED: Final[dict[str, Callable[[HttpRequest, Tender], dict[str, Any]]]] = {
    "omfang": _scope,
    "materiale": _material,
    "spoergsmaal": _questions,
    "tilbud": _bids,
    "vurdering": _judging,
    "afgoerelse": _decision,
}
