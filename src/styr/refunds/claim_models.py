"""What other municipalities owe us, and what citizens pay themselves.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked
from styr.refunds.core.codes import ClaimState, PaymentKind
from styr.refunds.ranges import DateRange, first_of_month, positive


class MunicipalCost(UnitScopedModel):
    """What help to a citizen cost in a month that another municipality pays for (betalingskommune); øre.

    Derived: written anew by every computation. `due_on` is the last day to raise the claim. A month that was claimed of
    one payer and moved to another is there twice: with no cost for the former, to be given back, and with it all.
    """

    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    payer = models.CharField("betalingskommune", max_length=60)
    month = models.DateField("måned")
    cost_ore = models.BigIntegerField("udgift")
    due_on = models.DateField("frist")

    class Meta:
        verbose_name = "mellemkommunal udgift"
        verbose_name_plural = "mellemkommunale udgifter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "month", "payer"], name="municipal_cost_once"),
            first_of_month("municipal_cost_is_a_month"),
        ]


@tracked
class PayerPeriod(UnitScopedModel):
    """Who pays for a citizen in whole months (betalingskommune), as somebody has told; "" is ourselves.

    The citizen register names the payer of today alone, without a date: in these months this holds in its place.
    """

    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    payer = models.CharField("betalingskommune", max_length=60, blank=True, default="")
    valid_from = models.DateField("fra måned")
    valid_to = models.DateField("til måned (eksklusiv)", null=True, blank=True)
    reason = models.CharField("begrundelse", max_length=300)

    class Meta:
        verbose_name = "betalingskommune i en periode"
        verbose_name_plural = "betalingskommuner i perioder"
        constraints: ClassVar = [
            positive("payer_period_positive"),
            models.CheckConstraint(
                condition=Q(valid_from__day=1) & (Q(valid_to__isnull=True) | Q(valid_to__day=1)),
                name="payer_period_whole_months",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="payer_period_has_reason"),
            ExclusionConstraint(
                name="payer_period_no_overlap",
                expressions=[
                    ("citizen", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked
class MunicipalClaim(UnitScopedModel):
    """A claim (krav) on the municipality that pays for a citizen, with the months it covers."""

    number = models.CharField("nummer", max_length=12)
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+", verbose_name="borger")
    payer = models.CharField("betalingskommune", max_length=60)
    raised_on = models.DateField("rejst")
    state = models.CharField("tilstand", max_length=10, choices=ClaimState.choices())
    amount_ore = models.BigIntegerField("beløb i øre")
    settled_on = models.DateField("afsluttet", null=True)
    note = models.CharField("notat", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "mellemkommunalt krav"
        verbose_name_plural = "mellemkommunale krav"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="municipal_claim_number"),
            models.CheckConstraint(condition=Q(number__regex=r"^M-[0-9]{4}-[0-9]{4,5}$"), name="municipal_claim_form"),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values()), name="municipal_claim_state"),
            models.CheckConstraint(
                condition=Q(state="raised", settled_on__isnull=True)
                | (~Q(state="raised") & Q(settled_on__gte=F("raised_on"))),
                name="municipal_claim_settled_after",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "state", "-raised_on"], name="municipal_claim_state")]


@tracked
class MunicipalClaimMonth(UnitScopedModel):
    """A month of a claim and its cost then; a later rise is claimed as a difference."""

    claim = models.ForeignKey(MunicipalClaim, on_delete=models.CASCADE, related_name="months", verbose_name="krav")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+", verbose_name="borger")
    month = models.DateField("måned")
    amount_ore = models.BigIntegerField("beløb i øre")

    class Meta:
        verbose_name = "måned i krav"
        verbose_name_plural = "måneder i krav"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "month"], name="municipal_claim_month_once"),
            first_of_month("municipal_claim_month_is_a_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "citizen", "month"], name="municipal_claim_months")]


@tracked
class UserPayment(UnitScopedModel):
    """What a citizen is to pay a month for a grant (egenbetaling); never two of a kind at a time for one grant."""

    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    kind = models.CharField("slags", max_length=10, choices=PaymentKind.choices())
    month_ore = models.BigIntegerField("øre om måneden")
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True, blank=True)
    decided_on = models.DateField("afgjort")

    class Meta:
        verbose_name = "egenbetaling"
        verbose_name_plural = "egenbetalinger"
        constraints: ClassVar = [
            positive("user_payment_positive", "starts", "ends"),
            models.CheckConstraint(condition=Q(month_ore__gt=0), name="user_payment_is_something"),
            models.CheckConstraint(condition=Q(kind__in=PaymentKind.values()), name="user_payment_kind"),
            ExclusionConstraint(
                name="user_payment_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("grant", "kind")),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
