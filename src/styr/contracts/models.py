"""The contract register: contracts, their lines and prices, the days their places are open, and the law's sections."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind
from styr.contracts.duty_models import Duty as Duty  # noqa: PLC0414 -- given on
from styr.contracts.keeper_models import Keeper as Keeper  # noqa: PLC0414 -- given on
from styr.contracts.local_models import LocalTerm as LocalTerm  # noqa: PLC0414 -- given on
from styr.contracts.local_models import OwnTerm as OwnTerm  # noqa: PLC0414 -- given on
from styr.contracts.term_models import AgreedTerms as AgreedTerms  # noqa: PLC0414 -- given on
from styr.contracts.term_models import Correction as Correction  # noqa: PLC0414 -- given on
from styr.contracts.term_models import Supplement as Supplement  # noqa: PLC0414 -- given on
from styr.kernel.units import Unit

SECTION = r"^[A-ZÆØÅ]+-[0-9]+[a-z]?$"


class Section(models.Model):
    """A section of the law (paragraf) that help can be granted by, dated: the same for every municipality.

    `source` tells where the row is from; a row marked "kontrollér" must be checked before it is relied on.
    """

    code = models.CharField("kode", max_length=20)
    law = models.CharField("lov", max_length=60)
    paragraph = models.CharField("paragraf", max_length=20)
    name = models.CharField("navn", max_length=200)
    kle = models.CharField("KLE-nummer", max_length=10, blank=True, default="")
    replaces = models.CharField("afløser", max_length=60, blank=True, default="")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    source = models.CharField("kilde", max_length=200)

    class Meta:
        verbose_name = "paragraf"
        verbose_name_plural = "paragraffer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="section_unique"),
            models.CheckConstraint(condition=Q(code__regex=SECTION), name="section_code"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="section_period_is_positive"
            ),
            ExclusionConstraint(
                name="section_no_overlap",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class ServiceKind(models.Model):
    """A kind of service (ydelse) that can be bought; the same for every municipality."""

    code = models.CharField("kode", max_length=40, primary_key=True)
    name = models.CharField("navn", max_length=100)

    class Meta:
        verbose_name = "ydelse"
        verbose_name_plural = "ydelser"


@tracked
class OpeningCalendar(TenantModel):
    """The days on which a place is open (åbningskalender): the standard days less its own closing days."""

    code = models.CharField("kalender", max_length=60)

    class Meta:
        verbose_name = "åbningskalender"
        verbose_name_plural = "åbningskalendere"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code"], name="calendar_code_unique"),
        ]


@tracked
class ClosingDay(TenantModel):
    """A day (lukkedag) on which the calendar is closed besides weekends and holidays."""

    calendar = models.ForeignKey(
        OpeningCalendar, on_delete=models.CASCADE, related_name="closing_days", verbose_name="kalender"
    )
    day = models.DateField("dato")

    class Meta:
        verbose_name = "lukkedag"
        verbose_name_plural = "lukkedage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "day"], name="closing_day_unique")]


@tracked
class CalendarDay(TenantModel):
    """Opening days before a day, by a calendar of its own: worked out whenever its closing days change."""

    calendar = models.ForeignKey(
        OpeningCalendar, on_delete=models.CASCADE, related_name="days", verbose_name="kalender"
    )
    day = models.DateField("dato")
    open_before = models.IntegerField("åbningsdage før")

    class Meta:
        verbose_name = "kalenderdag"
        verbose_name_plural = "kalenderdage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_unique")]


@tracked
class Contract(TenantModel):
    """A contract (kontrakt) about one citizen, or a framework (rammeaftale) for whomever is placed under it.

    An individual contract lies in its citizen's unit; a framework holds nothing about citizens and is seen by all.
    `absence_free_days` days of each absence are paid in full, what follows with the share `absence_billable`.
    """

    number = models.CharField("kontraktnummer", max_length=40)
    kind = models.CharField("type", max_length=20, choices=ContractKind.choices())
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="+", verbose_name="leverandør"
    )
    provider_unit = models.ForeignKey(
        "suppliers.ProviderUnit",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="tilbud",
    )
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="borger"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    section = models.CharField("paragraf", max_length=20)
    starts = models.DateField("start")
    ends = models.DateField("slut (eksklusiv)", null=True, blank=True)
    notice_days = models.IntegerField("opsigelsesvarsel i dage", null=True, blank=True)
    status = models.CharField("status", max_length=20, choices=ContractStatus.choices())
    signed_on = models.DateField("underskrevet", null=True, blank=True)
    absence_free_days = models.IntegerField("fraværsdage med fuld betaling", default=0)
    absence_billable = models.DecimalField("betalt andel ved fravær", max_digits=9, decimal_places=4, default=1)
    calendar = models.ForeignKey(
        OpeningCalendar, on_delete=models.PROTECT, related_name="contracts", null=True, blank=True,
        verbose_name="kalender",
    )  # fmt: skip
    framework = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="call_offs", null=True, blank=True, verbose_name="rammeaftale"
    )
    moved_in_on = models.DateField("flyttede faktisk ind", null=True, blank=True)
    notice_given_on = models.DateField("opsagt den", null=True, blank=True)

    class Meta:
        verbose_name = "kontrakt"
        verbose_name_plural = "kontrakter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="contract_number_unique"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="contract_period_is_positive"
            ),
            models.CheckConstraint(condition=Q(kind__in=ContractKind.values()), name="contract_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ContractStatus.values()), name="contract_status_known"),
            models.CheckConstraint(condition=Q(section__regex=SECTION), name="contract_section_code"),
            models.CheckConstraint(
                condition=Q(kind="framework", citizen__isnull=True)
                | Q(kind="individual", citizen__isnull=False, unit__isnull=False),
                name="contract_individual_names_citizen",
            ),
            models.CheckConstraint(
                condition=Q(notice_days__isnull=True) | Q(notice_days__range=(0, 3660)), name="contract_notice_sensible"
            ),
            models.CheckConstraint(
                condition=Q(absence_free_days__range=(0, 3660), absence_billable__range=(0, 1)),
                name="contract_absence_sensible",
            ),
            models.CheckConstraint(
                condition=Q(framework__isnull=True) | Q(kind="individual"), name="contract_call_off_is_individual"
            ),
            models.CheckConstraint(
                condition=Q(moved_in_on__isnull=True) | Q(kind="individual"), name="contract_moved_in_is_somebody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "unit", "ends"], name="contract_expiry")]


@tracked
class ContractLine(TenantModel):
    """A line (kontraktlinje) that is paid for: the base, a supplement (tillæg) or a special rate (særtakst).

    `hours` (a week) and `hourly_rate` (kr.) tell what a special rate is reckoned from.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="lines", verbose_name="kontrakt")
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    line_no = models.IntegerField("linje")
    kind = models.CharField("art", max_length=20, choices=LineKind.choices())
    service = models.CharField("ydelse", max_length=40)
    measure = models.CharField("enhed", max_length=20, choices=[(unit.value, unit.danish) for unit in Unit])
    purpose = models.CharField("formål", max_length=500, blank=True, default="")
    hours = models.DecimalField("timer pr. uge", max_digits=14, decimal_places=4, null=True, blank=True)
    hourly_rate = models.DecimalField("timepris", max_digits=14, decimal_places=4, null=True, blank=True)
    evaluation_on = models.DateField("evalueres", null=True, blank=True)

    class Meta:
        verbose_name = "kontraktlinje"
        verbose_name_plural = "kontraktlinjer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "line_no"], name="contract_line_unique"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values()), name="contract_line_kind_known"),
            models.CheckConstraint(
                condition=Q(measure__in=[unit.value for unit in Unit]), name="contract_line_measure"
            ),
            models.CheckConstraint(
                condition=(Q(hours__isnull=True) | Q(hours__gte=0))
                & (Q(hourly_rate__isnull=True) | Q(hourly_rate__gte=0)),
                name="contract_line_not_negative",
            ),
        ]


@tracked
class ContractRate(TenantModel):
    """The price (kontrakttakst) of a line in a period, kr. per the line's measure."""

    contract_line = models.ForeignKey(
        ContractLine, on_delete=models.CASCADE, related_name="rates", verbose_name="kontraktlinje"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    amount = models.DecimalField("pris", max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = "kontrakttakst"
        verbose_name_plural = "kontrakttakster"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract_line", "valid_from"], name="contract_rate_unique"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="contract_rate_positive"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="contract_rate_not_negative"),
            ExclusionConstraint(
                name="contract_rate_no_overlap",
                expressions=[
                    ("contract_line", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]


class StandardDay(models.Model):
    """Opening days before a day, by the standard calendar (Monday to Friday less holidays), 2015-2040.

    Worked out from the kernel's calendar when the tables are made; a fact about days, not about a municipality.
    """

    day = models.DateField(primary_key=True)
    open_before = models.IntegerField()

    class Meta:
        verbose_name = "standarddag"
        verbose_name_plural = "standarddage"
