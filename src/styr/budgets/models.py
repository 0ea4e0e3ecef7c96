"""Forecasts as they were made, what explains them, and the municipality's assumptions about the months ahead."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.budgets.core.codes import Basis, ProvisionKind, RunKind, RunState
from styr.budgets.round_models import FollowUpRound as FollowUpRound  # noqa: PLC0414 -- given on
from styr.budgets.round_models import RoundAction as RoundAction  # noqa: PLC0414 -- given on
from styr.budgets.round_models import RoundLine as RoundLine  # noqa: PLC0414 -- given on
from styr.budgets.round_models import RoundNote as RoundNote  # noqa: PLC0414 -- given on

ACCOUNT = r"^([0-9]{16})?$"


class MaybeUnit(UnitScopedModel):
    """A row whose unit may be unknown, as the posting's is that it comes from."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True


@tracked
class ForecastRun(TenantModel):
    """A forecast (forventet regnskab) of whole years, made at one moment.

    Months before `closed_before` are closed: they hold what was booked by `as_of` and what is accrued. One current run
    stands at a time; a frozen one is never changed. `seen` says how far the registers' histories had come.
    """

    kind = models.CharField("art", max_length=10, choices=RunKind.choices())
    label = models.CharField("navn", max_length=100, blank=True, default="")
    first_year = models.IntegerField("første år")
    years = models.IntegerField("antal år", default=1)
    as_of = models.DateField("pr.")
    closed_before = models.DateField("lukket før")
    state = models.CharField("tilstand", max_length=12, choices=RunState.choices())
    asked_at = models.DateTimeField("bestilt")
    made_at = models.DateTimeField("regnet", null=True)
    failure = models.CharField("fejl", max_length=300, blank=True, default="")
    unindexed_years = models.JSONField("år uden fremskrivning", default=list)
    seen = models.JSONField("registrenes stand", default=dict)

    class Meta:
        verbose_name = "prognose"
        verbose_name_plural = "prognoser"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(kind="current", state="done"), name="one_current_forecast"
            ),
            models.CheckConstraint(condition=Q(kind__in=RunKind.values()), name="forecast_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RunState.values()), name="forecast_state_known"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=10), name="forecast_of_one_to_ten_years"),
            models.CheckConstraint(
                condition=Q(closed_before__day=1, closed_before__lte=F("as_of")), name="forecast_closed_months"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(made_at__isnull=False), name="forecast_done_is_made"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "kind", "-made_at"], name="forecast_latest")]


class ForecastRow(MaybeUnit):
    """What a grant, or what belongs to none, costs in a month on an account by one basis, in øre.

    Worked out in one statement that groups by all the rest, never written by hand, so it has no history of its own:
    frozen runs are the history.
    """

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="rows", verbose_name="prognose")
    citizen_id = models.UUIDField("borger", null=True)
    grant_id = models.UUIDField("bevilling", null=True)
    section = models.CharField("paragraf", max_length=20)
    account = models.CharField("kontostreng", max_length=16)
    month = models.DateField("måned")
    basis = models.CharField("grundlag", max_length=10, choices=Basis.choices())
    amount_ore = models.BigIntegerField("beløb i øre")

    class Meta:
        verbose_name = "prognoserække"
        verbose_name_plural = "prognoserækker"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(month__day=1), name="forecast_month_is_a_month"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values()), name="forecast_basis_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "citizen_id", "month"], name="forecast_of_citizen"),
            models.Index(fields=["run", "grant_id", "month"], name="forecast_of_grant"),
        ]


class BridgeRow(MaybeUnit):
    """Why a grant's, or an account's, forecast of a year differs from its budget: five parts that add up, in øre."""

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="bridge", verbose_name="prognose")
    year = models.IntegerField("år")
    citizen_id = models.UUIDField("borger", null=True)
    grant_id = models.UUIDField("bevilling", null=True)
    section = models.CharField("paragraf", max_length=20)
    account = models.CharField("kontostreng", max_length=16)
    budget_ore = models.BigIntegerField("budget i øre")
    forecast_ore = models.BigIntegerField("prognose i øre")
    price_ore = models.BigIntegerField("pris i øre")
    volume_ore = models.BigIntegerField("mængde i øre")
    mix_ore = models.BigIntegerField("sammensætning i øre")
    timing_ore = models.BigIntegerField("periode i øre")
    unplaced_ore = models.BigIntegerField("uden bevilling i øre")
    budget_days = models.IntegerField("budgetterede dage")
    forecast_days = models.IntegerField("forventede dage")

    class Meta:
        verbose_name = "forklaring"
        verbose_name_plural = "forklaringer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    forecast_ore=F("budget_ore")
                    + F("price_ore")
                    + F("volume_ore")
                    + F("mix_ore")
                    + F("timing_ore")
                    + F("unplaced_ore")
                ),
                name="bridge_adds_up",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "year", "citizen_id"], name="bridge_of_citizen")]


@tracked
class IndexRate(TenantModel):
    """How much prices are expected to change from the year before (fremskrivning), in percent, up or down."""

    year = models.IntegerField("år")
    percent = models.DecimalField("procent", max_digits=7, decimal_places=4)
    note = models.CharField("note", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "fremskrivning"
        verbose_name_plural = "fremskrivninger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year"], name="index_rate_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="index_rate_year"),
            models.CheckConstraint(condition=Q(percent__gt=-50, percent__lt=50), name="index_rate_believable"),
        ]


@tracked
class Provision(MaybeUnit):
    """What is expected beside the grants (pulje): `persons` times `price_ore` a month in [starts, ends), both months.

    People on the waiting list, and those who come and go without anybody knowing yet who; a saving is negative.
    """

    kind = models.CharField("art", max_length=20, choices=ProvisionKind.choices())
    section = models.CharField("paragraf", max_length=20, blank=True, default="")
    account_string = models.CharField("kontostreng", max_length=16, blank=True, default="")
    persons = models.DecimalField("personer", max_digits=9, decimal_places=2)
    price_ore = models.BigIntegerField("pris pr. måned i øre")
    starts = models.DateField("fra måned")
    ends = models.DateField("til måned (eksklusiv)", null=True, blank=True)
    note = models.CharField("note", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "pulje"
        verbose_name_plural = "puljer"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ProvisionKind.values()), name="provision_kind_known"),
            models.CheckConstraint(condition=Q(account_string__regex=ACCOUNT), name="provision_account_is_digits"),
            models.CheckConstraint(condition=Q(starts__day=1), name="provision_starts_a_month"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__day=1, ends__gt=F("starts")), name="provision_is_positive"
            ),
        ]
