"""What is known of the own vehicles beside the register: fixed duties, the logbook, what they cost, what was chosen."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.fleet.core.codes import Alternative


def _positive(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)


def _once(name: str, *keys: str) -> ExclusionConstraint:
    """Hold that no two rows of the same keys are valid on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((column, RangeOperators.EQUAL) for column in keys),
            (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
        ],
        deferrable=Deferrable.IMMEDIATE,
    )


@tracked
class Duty(TenantModel):
    """That a vehicle drives the standing rides to a place (fast kørsel), with the others that do."""

    vehicle = models.ForeignKey("transport.Vehicle", on_delete=models.CASCADE, related_name="+", verbose_name="vogn")
    place = models.ForeignKey("transport.Place", on_delete=models.CASCADE, related_name="+", verbose_name="sted")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "fast kørsel med en vogn"
        verbose_name_plural = "fast kørsel med vogne"
        constraints: ClassVar = [
            _positive("fleet_duty_positive"),
            models.UniqueConstraint(fields=["vehicle", "place", "valid_from"], name="fleet_duty_once"),
            _once("fleet_duty_no_overlap", "vehicle", "place"),
        ]


@tracked
class LogEntry(UnitScopedModel):
    """A use of a vehicle that somebody wrote down (kørebog); minutes after midnight, of the next day above 1440.

    A use of no unit is seen by all.
    """

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )
    vehicle = models.ForeignKey("transport.Vehicle", on_delete=models.CASCADE, related_name="+", verbose_name="vogn")
    day = models.DateField("dag")
    starts = models.IntegerField("fra")
    ends = models.IntegerField("til")
    km = models.DecimalField("km", max_digits=9, decimal_places=2, null=True)
    purpose = models.CharField("formål", max_length=200, blank=True, default="")
    passengers = models.IntegerField("passagerer", null=True)

    class Meta:
        verbose_name = "linje i kørebogen"
        verbose_name_plural = "linjer i kørebogen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vehicle", "day", "starts"], name="log_entry_once"),
            models.CheckConstraint(
                condition=Q(starts__range=(0, 1439), ends__gt=F("starts"), ends__lte=2880), name="log_entry_minutes"
            ),
            models.CheckConstraint(
                condition=Q(passengers__isnull=True) | Q(passengers__range=(0, 200)), name="log_entry_passengers"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "day"], name="log_entry_by_day")]


@tracked
class VehicleCost(TenantModel):
    """What a vehicle costs in a period, øre; None is not known, and never nought.

    `per_100km` is litres, or kWh where it drives on electricity.
    """

    vehicle = models.ForeignKey("transport.Vehicle", on_delete=models.CASCADE, related_name="+", verbose_name="vogn")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    leasing_month_ore = models.BigIntegerField("leasing eller afskrivning pr. måned i øre", null=True, blank=True)
    insurance_year_ore = models.BigIntegerField("forsikring og afgift pr. år i øre", null=True, blank=True)
    service_year_ore = models.BigIntegerField("service pr. år i øre", null=True, blank=True)
    per_100km = models.DecimalField("forbrug pr. 100 km", max_digits=9, decimal_places=2, null=True, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "udgift til en vogn"
        verbose_name_plural = "udgifter til vogne"
        constraints: ClassVar = [
            _positive("vehicle_cost_positive"),
            models.UniqueConstraint(fields=["vehicle", "valid_from"], name="vehicle_cost_once"),
            _once("vehicle_cost_no_overlap", "vehicle"),
            models.CheckConstraint(
                condition=(Q(leasing_month_ore__isnull=True) | Q(leasing_month_ore__gte=0))
                & (Q(insurance_year_ore__isnull=True) | Q(insurance_year_ore__gte=0))
                & (Q(service_year_ore__isnull=True) | Q(service_year_ore__gte=0))
                & (Q(per_100km__isnull=True) | Q(per_100km__gte=0)),
                name="vehicle_cost_not_negative",
            ),
        ]


@tracked
class Choice(TenantModel):
    """What somebody chose for a vehicle in the plan of sharing and replacement, and why."""

    vehicle = models.OneToOneField("transport.Vehicle", on_delete=models.CASCADE, related_name="+", verbose_name="vogn")
    alternative = models.CharField("valg", max_length=20, choices=Alternative.choices())
    reason = models.CharField("begrundelse", max_length=500)
    chosen_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="valgt af")
    chosen_at = models.DateTimeField("valgt")

    class Meta:
        verbose_name = "valg for en vogn"
        verbose_name_plural = "valg for vogne"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(alternative__in=Alternative.values()), name="fleet_choice_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="fleet_choice_has_reason"),
        ]


@tracked
class OwnAssumption(TenantModel):
    """An assumption (prices, hours, years) as the municipality has it, in place of the program's."""

    rule = models.CharField("forudsætning", max_length=40)
    value = models.IntegerField("værdi")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "egen forudsætning for vogne"
        verbose_name_plural = "egne forudsætninger for vogne"
        constraints: ClassVar = [
            _positive("own_assumption_positive"),
            models.CheckConstraint(condition=Q(value__range=(0, 100_000_000)), name="own_assumption_sane"),
            _once("own_assumption_no_overlap", "municipality", "rule"),
        ]
