"""The central refund: limits and rules, households, what is computed, and what has been claimed.

The models of claims on municipalities, of user payment and of own rules are given on from their own modules.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.refunds.claim_models import MunicipalClaim as MunicipalClaim  # noqa: PLC0414 -- given on
from styr.refunds.claim_models import MunicipalClaimMonth as MunicipalClaimMonth  # noqa: PLC0414 -- given on
from styr.refunds.claim_models import MunicipalCost as MunicipalCost  # noqa: PLC0414 -- given on
from styr.refunds.claim_models import PayerPeriod as PayerPeriod  # noqa: PLC0414 -- given on
from styr.refunds.claim_models import UserPayment as UserPayment  # noqa: PLC0414 -- given on
from styr.refunds.core.codes import Treatment
from styr.refunds.core.limits import Scheme
from styr.refunds.ranges import DateRange, MaybeUnit, first_of_month, positive
from styr.refunds.rule_models import OwnNumber as OwnNumber  # noqa: PLC0414 -- given on
from styr.refunds.rule_models import OwnTreatment as OwnTreatment  # noqa: PLC0414 -- given on

_SCHEMES = [scheme.value for scheme in Scheme]


class LimitStep(models.Model):
    """A limit (beløbsgrænse) of a scheme and year: what a year costs above `over_ore` is refunded with `percent`."""

    scheme = models.CharField("ordning", max_length=10)
    year = models.IntegerField("år")
    step = models.IntegerField("trin")
    over_ore = models.BigIntegerField("grænse i øre")
    percent = models.IntegerField("procent")
    source = models.CharField("kilde", max_length=200, blank=True, default="")

    class Meta:
        abstract = True


def _limit_constraints(prefix: str, *tenant: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=[*tenant, "scheme", "year", "step"], name=f"{prefix}_once"),
        models.CheckConstraint(condition=Q(scheme__in=_SCHEMES), name=f"{prefix}_scheme_known"),
        models.CheckConstraint(condition=Q(year__gte=2007, year__lt=2200), name=f"{prefix}_year"),
        models.CheckConstraint(
            condition=Q(step__gte=1, step__lte=5, over_ore__gt=0, percent__gte=1, percent__lte=100),
            name=f"{prefix}_sane",
        ),
    ]


class DefaultLimit(LimitStep):
    """The limits that come with the program, the same for every municipality."""

    class Meta:
        verbose_name = "medfølgende beløbsgrænse"
        verbose_name_plural = "medfølgende beløbsgrænser"
        constraints: ClassVar = _limit_constraints("default_limit")


@tracked
class Limit(TenantModel, LimitStep):
    """A limit that the municipality has entered; for its scheme and year its own stand instead of the program's."""

    class Meta:
        verbose_name = "beløbsgrænse"
        verbose_name_plural = "beløbsgrænser"
        constraints: ClassVar = _limit_constraints("limit", "municipality")


class DefaultTreatment(models.Model):
    """How cost on a function (five digits) or an area (three) counts: what comes with the program, to be checked."""

    prefix = models.CharField("kontoens første cifre", max_length=5)
    law = models.CharField("lov", max_length=3, blank=True, default="")
    treatment = models.CharField("behandling", max_length=20, choices=Treatment.choices())
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    check_it = models.BooleanField("kontrollér", default=False)
    source = models.CharField("kilde", max_length=200)

    class Meta:
        verbose_name = "medfølgende regel"
        verbose_name_plural = "medfølgende regler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix", "valid_from"], name="default_treatment_once"),
            models.CheckConstraint(condition=Q(prefix__regex=r"^([0-9]{3}|[0-9]{5})$"), name="treatment_prefix_digits"),
            models.CheckConstraint(condition=Q(treatment__in=Treatment.values()), name="treatment_known"),
            positive("refund_treatment_positive"),
        ]


@tracked
class Household(TenantModel):
    """Children whose cost is refunded together (husstand): what the municipality has found in the CPR register.

    Two may have one name. Only whoever sees every child of one sees it.
    """

    name = models.CharField("betegnelse", max_length=100)

    class Meta:
        verbose_name = "husstand"
        verbose_name_plural = "husstande"


@tracked
class HouseholdMember(UnitScopedModel):
    """A child of a household in a period; nobody is in two at a time."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members", verbose_name="husstand")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    valid_from = models.DateField("fra")
    valid_to = models.DateField("til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "barn i husstanden"
        verbose_name_plural = "børn i husstanden"
        constraints: ClassVar = [
            positive("household_member_positive"),
            ExclusionConstraint(
                name="household_member_no_overlap",
                expressions=[
                    ("citizen", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked
class CoveredBeforeAge(UnitScopedModel):
    """Whether a citizen past 67 was covered in the last month before, as somebody has looked up (SEL § 176, stk. 3)."""

    citizen = models.OneToOneField("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    covered = models.BooleanField("omfattet")

    class Meta:
        verbose_name = "omfattet før 67 år"
        verbose_name_plural = "omfattet før 67 år"


class RefundRun(TenantModel):
    """The latest computation of a year's central refund; months before `open_from` are booked.

    `missing` names the schemes without limits, comma between; their cases are not computed.
    """

    year = models.IntegerField("år")
    open_from = models.DateField("første måned, der ikke er bogført")
    asked_at = models.DateTimeField("bestilt", null=True)
    made_at = models.DateTimeField("beregnet", null=True)
    missing = models.CharField("ordninger uden grænser", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "refusionsberegning"
        verbose_name_plural = "refusionsberegninger"
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "year"], name="refund_run_once")]


class RefundMonth(MaybeUnit):
    """A month of a case that passes a limit or comes near one; øre. Derived: written anew by every computation.

    `unit` is the one unit that serves the whole case; null when its citizens are served by several. `near` is the
    share (percent) of the first limit that the case's dearest month reaches.
    """

    run = models.ForeignKey(RefundRun, on_delete=models.CASCADE, related_name="+", verbose_name="beregning")
    scheme = models.CharField("ordning", max_length=10)
    case_id = models.UUIDField("sag: borger eller husstand")
    pooled = models.BooleanField("husstand")
    month = models.DateField("måned")
    running_ore = models.BigIntegerField("udgifter")
    one_off_ore = models.BigIntegerField("engangsudgifter")
    income_ore = models.BigIntegerField("indtægter")
    basis_ore = models.BigIntegerField("grundlag")
    refund_ore = models.BigIntegerField("refusion")
    step = models.IntegerField("trin")
    booked = models.BooleanField("bogført")
    near = models.IntegerField("andel af første grænse")

    class Meta:
        verbose_name = "refusionsmåned"
        verbose_name_plural = "refusionsmåneder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "scheme", "case_id", "month"], name="refund_month_once"),
            first_of_month("refund_month_is_a_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "case_id"], name="refund_month_case")]


class RefundMember(UnitScopedModel):
    """A citizen whose cost is in a case of the computation. Derived, as the months."""

    run = models.ForeignKey(RefundRun, on_delete=models.CASCADE, related_name="+", verbose_name="beregning")
    scheme = models.CharField("ordning", max_length=10)
    case_id = models.UUIDField("sag")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")

    class Meta:
        verbose_name = "borger i refusionssag"
        verbose_name_plural = "borgere i refusionssager"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "scheme", "case_id", "citizen"], name="refund_member_once")
        ]


@tracked
class RefundClaim(TenantModel):
    """A claim on the state (hjemtagning) for a year up to and with a month, sealed when it is made and never changed.

    `seal` is the hash of all its lines and of the claim before it, so that neither can be altered unseen.
    """

    year = models.IntegerField("år")
    number = models.IntegerField("nummer i året")
    through = models.DateField("til og med måned")
    made_at = models.DateTimeField("dannet")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="dannet af")
    lines = models.IntegerField("linjer")
    total_ore = models.BigIntegerField("i alt, øre")
    seal = models.CharField("plombe", max_length=64)

    class Meta:
        verbose_name = "hjemtagning"
        verbose_name_plural = "hjemtagninger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="refund_claim_number"),
            models.CheckConstraint(condition=Q(through__day=1, through__year=F("year")), name="refund_claim_in_year"),
            models.CheckConstraint(condition=Q(seal__regex=r"^[0-9a-f]{64}$"), name="refund_claim_sealed"),
        ]


@tracked
class RefundClaimLine(MaybeUnit):
    """What a claim asks for a case's month: the refund as computed, less what earlier claims asked for it."""

    claim = models.ForeignKey(RefundClaim, on_delete=models.PROTECT, related_name="+", verbose_name="hjemtagning")
    scheme = models.CharField("ordning", max_length=10)
    case_id = models.UUIDField("sag")
    pooled = models.BooleanField("husstand")
    month = models.DateField("måned")
    basis_ore = models.BigIntegerField("grundlag")
    refund_ore = models.BigIntegerField("refusion")
    earlier_ore = models.BigIntegerField("hjemtaget før")
    amount_ore = models.BigIntegerField("hjemtages nu")
    booked = models.BooleanField("bogført")

    class Meta:
        verbose_name = "linje i hjemtagning"
        verbose_name_plural = "linjer i hjemtagning"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "scheme", "case_id", "month"], name="refund_claim_line_once"),
            models.CheckConstraint(
                condition=Q(amount_ore=F("refund_ore") - F("earlier_ore")), name="refund_claim_line_adds_up"
            ),
            first_of_month("refund_claim_line_is_a_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "case_id", "month"], name="refund_line_case")]
