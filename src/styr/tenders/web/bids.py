"""What is done with bids: received, opened by two, mended, left out, and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.tenders import bidding, judging, queries
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError
from styr.tenders.web.acts import back, done
from styr.tenders.web.forms import BidForm, PointsForm
from styr.tenders.web.views import part_page, tender_or_404
from styr.trips.web.acting import by_of
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def receive(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Keep a bid sealed."""
    tender = tender_or_404(tender_id)
    form = BidForm(request.POST, request.FILES, operators=queries.operators())
    if form.is_valid():
        told = form.cleaned_data
        attached = told["beskrivelse"]
        received = bidding.Received(
            bidder=form.bidder(), cvr=told["cvr"], operator_id=told["operatoer"], content=told["prisskema"].read(),
            attachment=attached.read() if attached else None, attachment_name=attached.name if attached else "",
        )  # fmt: skip
        try:
            bidding.receive(tender_id=tender_id, received=received, by=by_of(request))
        except UnableToTenderError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Tilbuddet fra {received.bidder} er modtaget og forseglet.")
            return back(tender_id, "tilbud")
    return part_page(request, tender, "tilbud", {"bid_form": form}, 422)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def declare(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Declare whether anything stands in one's way."""
    tender_or_404(tender_id)

    def act() -> None:
        bidding.declare(
            tender_id=tender_id, conflict=request.POST.get("konflikt") == "1", text=request.POST.get("tekst", ""),
            by=by_of(request),
        )  # fmt: skip

    return done(request, tender_id, "tilbud", act, "Erklæringen er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def open_all(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Open the bids, or say that a second person may."""
    tender_or_404(tender_id)
    try:
        opened = bidding.open_bids(tender_id=tender_id, by=by_of(request))
    except UnableToTenderError as refused:
        warn(request, str(refused))
    else:
        words = "Tilbuddene er åbnet." if opened else "Nu skal en anden åbne tilbuddene sammen med dig."
        tell(request, words)
    return back(tender_id, "tilbud")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def mend(request: HttpRequest, tender_id: UUID, bid_id: UUID) -> HttpResponse:
    """Take a mended price sheet."""
    tender_or_404(tender_id)
    file = request.FILES.get("prisskema")

    def act() -> None:
        bidding.mend(
            bid_id=bid_id, content=file.read() if file else b"", note=request.POST.get("grund", ""), by=by_of(request)
        )

    return done(request, tender_id, "tilbud", act, "Skemaet er læst igen.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def leave_out(request: HttpRequest, tender_id: UUID, bid_id: UUID) -> HttpResponse:
    """Do not consider a bid."""
    tender_or_404(tender_id)

    def act() -> None:
        bidding.leave_out(bid_id=bid_id, reason=request.POST.get("grund", ""), by=by_of(request))

    return done(request, tender_id, "tilbud", act, "Tilbuddet er taget ud.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def take_in(request: HttpRequest, tender_id: UUID, bid_id: UUID) -> HttpResponse:
    """Consider a bid after all."""
    tender_or_404(tender_id)
    return done(
        request, tender_id, "tilbud", lambda: bidding.take_in_again(bid_id=bid_id, by=by_of(request)),
        "Tilbuddet er med igen.",
    )  # fmt: skip


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def explain(request: HttpRequest, tender_id: UUID, bid_id: UUID) -> HttpResponse:
    """Keep what a bidder answered about a low price."""
    tender_or_404(tender_id)

    def act() -> None:
        bidding.explain_price(bid_id=bid_id, text=request.POST.get("tekst", ""), by=by_of(request))

    return done(request, tender_id, "afgoerelse", act, "Forklaringen er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def points(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Give one's points, and close them."""
    tender = tender_or_404(tender_id)
    bids, criteria = judging.judged_bids(tender), list(tender.criteria.order_by("number"))
    form = PointsForm(request.POST, bids=bids, criteria=criteria)
    if form.is_valid():
        try:
            judging.give_points(tender_id=tender_id, points=form.points(), by=by_of(request))
        except (UnableToTenderError, TenderNotVisibleError) as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Dine point er afgivet. Den andens point vises, når begge har afgivet deres.")
            return back(tender_id, "vurdering")
    return part_page(request, tender, "vurdering", {"points_form": form}, 422)
