"""Grants: what a citizen has been promised, what it buys, at what price, and what has been paid for it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Coalesce

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.grants.coding_models import AccountRule as AccountRule  # noqa: PLC0414 -- given on
from styr.grants.core.codes import AdjustmentReason, GrantStatus, StepKind
from styr.grants.pairs import RuleOfPair, pair_constraints
from styr.grants.price_models import PriceRequest as PriceRequest  # noqa: PLC0414 -- given on
from styr.kernel.units import Per, Unit

SECTION = r"^[A-ZÆØÅ]+-[0-9]+[a-z]?$"
OWN_PRICE = models.Value("00000000-0000-0000-0000-000000000000", output_field=models.UUIDField())
"""Stands for "no contract line" where nulls must compare equal."""


@tracked
class Grant(UnitScopedModel):
    """A grant (bevilling) of help to a citizen under a section of the law.

    `number` is ours and has a check digit (`B1234567-8`); `source_id` is the case system's number. `supplier` and
    `provider_unit` say who delivers when no contract does. A grant that was stopped before it began has no days.
    The two reasons are those of SEL § 1(3): help rests on a professional and an economic consideration. `version` is
    counted up by the database at every change, so that a form can tell which grant it was made of.
    """

    number = models.CharField("bevillingsnummer", max_length=10)
    source_id = models.CharField("fagsystemets nummer", max_length=60)
    case_number = models.CharField("sagsnummer", max_length=60, blank=True, default="")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+", verbose_name="borger")
    section = models.CharField("paragraf", max_length=20)
    status = models.CharField("status", max_length=20, choices=GrantStatus.choices())
    starts = models.DateField("start")
    ends = models.DateField("slut (eksklusiv)", null=True, blank=True)
    caseworker = models.CharField("sagsbehandler", max_length=100, blank=True, default="")
    account_string = models.CharField("kontostreng", max_length=16, blank=True, default="")
    follow_up_on = models.DateField("opfølgning", null=True, blank=True)
    professional_reason = models.TextField("faglig begrundelse", blank=True, default="", db_default="")
    economic_reason = models.TextField("økonomisk begrundelse", blank=True, default="", db_default="")
    version = models.IntegerField("udgave", default=1, db_default=1)
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="kontrakt"
    )
    provider_unit = models.ForeignKey(
        "suppliers.ProviderUnit",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="tilbud",
    )
    supplier = models.ForeignKey(
        "suppliers.Supplier",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="leverandør",
    )

    class Meta:
        verbose_name = "bevilling"
        verbose_name_plural = "bevillinger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="grant_number_unique"),
            models.UniqueConstraint(fields=["municipality", "source_id"], name="grant_source_unique"),
            models.CheckConstraint(condition=Q(number__regex=r"^B[0-9]{7}-[0-9]$"), name="grant_number_form"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")) | Q(ends=F("starts"), status="stopped"),
                name="grant_period_is_positive",
            ),
            models.CheckConstraint(condition=Q(status__in=GrantStatus.values()), name="grant_status_known"),
            models.CheckConstraint(condition=Q(section__regex=SECTION), name="grant_section_code"),
            models.CheckConstraint(
                condition=Q(account_string="") | Q(account_string__regex=r"^[0-9]{16}$"), name="grant_account_is_digits"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "unit", "follow_up_on"], name="grant_follow_up"),
            models.Index(fields=["municipality", "section", "starts"], name="grant_section"),
            models.Index(fields=["municipality", "status", "number"], name="grant_status"),
        ]


@tracked
class ServiceLine(UnitScopedModel):
    """A service line (bevillingsydelse): `quantity` of `measure` per `per`; `factor` multiplies the price.

    Without dates of its own the line follows its grant. Two lines of one grant never buy the same service at the same
    time on the same contract line: that is one line with a larger quantity.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="lines", verbose_name="bevilling")
    line_no = models.IntegerField("linje")
    service = models.CharField("ydelse", max_length=40)
    measure = models.CharField("enhed", max_length=20, choices=[(unit.value, unit.danish) for unit in Unit])
    per = models.CharField("pr.", max_length=20, choices=[(per.value, per.danish) for per in Per])
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4)
    factor = models.DecimalField("faktor", max_digits=9, decimal_places=4, default=1)
    starts = models.DateField("start", null=True, blank=True)
    ends = models.DateField("slut (eksklusiv)", null=True, blank=True)
    contract_line = models.ForeignKey(
        "contracts.ContractLine", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="kontraktlinje",
    )  # fmt: skip

    class Meta:
        verbose_name = "bevillingsydelse"
        verbose_name_plural = "bevillingsydelser"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "line_no"], name="service_line_unique"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gt=F("starts")),
                name="service_line_period_positive",
            ),
            models.CheckConstraint(condition=Q(measure__in=[unit.value for unit in Unit]), name="service_line_measure"),
            models.CheckConstraint(condition=Q(per__in=[per.value for per in Per]), name="service_line_per"),
            models.CheckConstraint(condition=Q(quantity__gte=0, factor__gte=0), name="service_line_not_negative"),
            ExclusionConstraint(
                name="service_line_no_duplicate",
                expressions=[
                    ("grant", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    (Coalesce("contract_line", OWN_PRICE), RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                # Without a contract line these two are kinds of service, not one service.
                condition=Q(contract_line__isnull=False) | ~Q(service__in=["tillaeg", "saertakst"]),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]


@tracked
class OwnRate(UnitScopedModel):
    """The grant's own price of a service line in a period, kr. per the line's measure, where no contract gives it."""

    service_line = models.ForeignKey(
        ServiceLine, on_delete=models.CASCADE, related_name="rates", verbose_name="bevillingsydelse"
    )
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    amount = models.DecimalField("pris", max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = "egen takst"
        verbose_name_plural = "egne takster"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service_line", "valid_from"], name="own_rate_unique"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="own_rate_positive"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="own_rate_not_negative"),
            ExclusionConstraint(
                name="own_rate_no_overlap",
                expressions=[
                    ("service_line", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]


@tracked
class Absence(UnitScopedModel):
    """Days (fravær) on which the citizen was away from what the grant buys."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="absences", verbose_name="bevilling")
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True, blank=True)
    reason = models.CharField("årsag", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "fravær"
        verbose_name_plural = "fravær"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "starts"], name="absence_unique"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="absence_period_is_positive"
            ),
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[
                    ("grant", RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]


class DefaultDuplicateRule(RuleOfPair):
    """The rules that come with the program, the same for every municipality."""

    class Meta:
        verbose_name = "medfølgende dobbeltbevillingsregel"
        verbose_name_plural = "medfølgende dobbeltbevillingsregler"
        constraints: ClassVar = pair_constraints("default_rule")


@tracked
class DuplicateRule(TenantModel, RuleOfPair):
    """A municipality's own rule; for its pair of sections it stands instead of the one that comes with the program."""

    class Meta:
        verbose_name = "dobbeltbevillingsregel"
        verbose_name_plural = "dobbeltbevillingsregler"
        constraints: ClassVar = pair_constraints("duplicate_rule", "municipality")


def _first_of_month(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(month__day=1), name=name)


@tracked
class PaidPeriod(UnitScopedModel):
    """A month that has been paid in full for a service line. The program may add such rows, never change them."""

    service_line = models.ForeignKey(
        ServiceLine, on_delete=models.PROTECT, related_name="paid", verbose_name="bevillingsydelse"
    )
    month = models.DateField("måned")
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4)
    amount_ore = models.BigIntegerField("beløb i øre")
    paid_on = models.DateField("betalt")
    reference = models.CharField("reference", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = "betalt måned"
        verbose_name_plural = "betalte måneder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service_line", "month"], name="paid_period_unique"),
            _first_of_month("paid_period_is_a_month"),
        ]


@tracked
class Adjustment(UnitScopedModel):
    """The difference (efterregulering) between what a paid month should have cost and what it did cost, in øre.

    For every service line and paid month: paid + adjustments = expected. Rows are added, never changed.
    """

    service_line = models.ForeignKey(
        ServiceLine, on_delete=models.PROTECT, related_name="adjustments", verbose_name="bevillingsydelse"
    )
    month = models.DateField("måned")
    amount_ore = models.BigIntegerField("beløb i øre")
    reason = models.CharField("årsag", max_length=20, choices=AdjustmentReason.choices())
    made_at = models.DateTimeField("beregnet")

    class Meta:
        verbose_name = "efterregulering"
        verbose_name_plural = "efterreguleringer"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_ore=0), name="adjustment_is_not_zero"),
            models.CheckConstraint(condition=Q(reason__in=AdjustmentReason.values()), name="adjustment_reason_known"),
            _first_of_month("adjustment_is_a_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["service_line", "month"], name="adjustment_month")]


@tracked
class GrantStep(UnitScopedModel):
    """A step (sagsskridt) of a grant's way to being granted: who took it, why, and on what cost. Never changed.

    `before` holds what it takes to take the step back: the former end, the totals' quantities by line.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="steps", verbose_name="bevilling")
    kind = models.CharField("skridt", max_length=20, choices=StepKind.choices())
    reason = models.TextField("begrundelse", blank=True, default="")
    year_cost_ore = models.BigIntegerField("helårspris i øre", null=True)
    limit_ore = models.BigIntegerField("beløbsgrænse i øre", null=True)
    before = models.JSONField(
        "før skridtet", default=dict, db_default=models.Value({}, output_field=models.JSONField())
    )
    taken_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="af")
    taken_at = models.DateTimeField("tidspunkt")

    class Meta:
        verbose_name = "sagsskridt"
        verbose_name_plural = "sagsskridt"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values()), name="grant_step_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["sent_back", "withdrawn"]) | ~Q(reason=""), name="grant_step_has_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["grant", "-taken_at"], name="grant_step_latest")]
