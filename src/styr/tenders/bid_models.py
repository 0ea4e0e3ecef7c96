"""What came in: sealed bids, their prices when opened, the points for service, and who was chosen.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.tenders.core.codes import BidState, Element
from styr.tenders.tender_models import Lot, ServiceCriterion, Tender, TenderPerson


@tracked_except("content", "attachment")
class Bid(TenantModel):
    """A bid (tilbud). The files are encrypted when they come and are not read before two people open them.

    `faults` are the rows of the price sheet that could not be read, as sentences. `explanation` is what the bidder
    answered when its price looked abnormally low, with what was made of it.
    """

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="bids", verbose_name="udbud")
    bidder = models.CharField("tilbudsgiver", max_length=120)
    cvr = models.CharField("CVR-nummer", max_length=8, blank=True, default="")
    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="operatør"
    )
    state = models.CharField("status", max_length=20, choices=BidState.choices(), default=BidState.RECEIVED.value)
    received_at = models.DateTimeField("modtaget")
    received_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="modtaget af"
    )
    content = models.BinaryField("prisskema, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    attachment = models.BinaryField("beskrivelse, krypteret", null=True)
    attachment_name = models.CharField("beskrivelsens filnavn", max_length=120, blank=True, default="")
    faults = models.JSONField("fejl i prisskemaet", default=list)
    reason = models.CharField("begrundelse", max_length=1000, blank=True, default="")
    explanation = models.CharField("forklaring på lav pris", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "tilbud på kørsel"
        verbose_name_plural = "tilbud på kørsel"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "bidder"], name="bid_once"),
            models.CheckConstraint(condition=~Q(bidder=""), name="bid_named"),
            models.CheckConstraint(condition=Q(cvr__regex=r"^([0-9]{8})?$"), name="bid_cvr_digits"),
            models.CheckConstraint(condition=Q(state__in=BidState.values()), name="bid_state_known"),
            models.CheckConstraint(condition=~Q(state="out") | ~Q(reason=""), name="bid_out_says_why"),
        ]


@tracked
class BidPrice(TenantModel):
    """What a bidder takes for a price element on a lot, øre."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="prices", verbose_name="tilbud")
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="+", verbose_name="delaftale")
    element = models.CharField("priselement", max_length=20, choices=Element.choices())
    price_ore = models.BigIntegerField("pris i øre")

    class Meta:
        verbose_name = "pris i et tilbud"
        verbose_name_plural = "priser i tilbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bid", "lot", "element"], name="bid_price_once"),
            models.CheckConstraint(
                condition=Q(element__in=Element.values(), price_ore__range=(0, 10_000_000)), name="bid_price_sane"
            ),
        ]


@tracked
class Score(TenantModel):
    """One person's points for a bid's service by one criterion, 0-10, with the reason."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="scores", verbose_name="tilbud")
    criterion = models.ForeignKey(
        ServiceCriterion, on_delete=models.CASCADE, related_name="scores", verbose_name="underkriterium"
    )
    person = models.ForeignKey(TenderPerson, on_delete=models.CASCADE, related_name="scores", verbose_name="person")
    points = models.IntegerField("point")
    reason = models.CharField("begrundelse", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "point"
        verbose_name_plural = "point"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bid", "criterion", "person"], name="score_once"),
            models.CheckConstraint(condition=Q(points__range=(0, 10)), name="score_range"),
        ]


@tracked
class Award(TenantModel):
    """Who a lot goes to (tildeling); without a bid the lot is given to nobody. What came of it is kept beside."""

    lot = models.OneToOneField(Lot, on_delete=models.CASCADE, related_name="award", verbose_name="delaftale")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, null=True, related_name="awards", verbose_name="tilbud")
    total_ore = models.BigIntegerField("pris pr. år i øre", null=True)
    scheme_id = models.UUIDField("prisaftale", null=True)
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="kontrakt"
    )

    class Meta:
        verbose_name = "tildeling"
        verbose_name_plural = "tildelinger"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(bid__isnull=True, total_ore__isnull=True) | Q(bid__isnull=False, total_ore__isnull=False),
                name="award_has_a_total",
            ),
        ]
