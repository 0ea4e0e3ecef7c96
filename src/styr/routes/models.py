"""Route plans: what was asked, the vehicles offered, the rides, and the routes that came of it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.routes.core.codes import LeftOut, PlanState, Way


@tracked
class RoutePlan(TenantModel):
    """A plan of one day's rides to some destinations (ruteplan), as a scenario until it is published.

    `terms` holds `core.day.Terms`; the figures are of the whole day as planned, whatever part of it one sees, and
    `today_…` of an average day before it, None where nobody knows. `days` is on how many days of that weekday the
    citizens rode in the last year.
    """

    name = models.CharField("navn", max_length=120)
    day = models.DateField("planlagt for en dag som")
    destination_ids = ArrayField(models.UUIDField(), verbose_name="mål")
    state = models.CharField("status", max_length=20, choices=PlanState.choices(), default=PlanState.DRAFT.value)
    terms = models.JSONField("vilkår", default=dict)
    seconds = models.IntegerField("regnetid i sekunder", default=30)
    progress = models.IntegerField("fremskridt i procent", default=0)
    message = models.CharField("besked", max_length=500, blank=True, default="")
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="bestilt af")
    asked_at = models.DateTimeField("bestilt")
    planned_at = models.DateTimeField("beregnet", null=True)
    estimated = models.BooleanField("skønnede køretider", default=True)
    faults = models.JSONField("brudte krav", default=list)
    vehicles = models.IntegerField("vogne", null=True)
    metres = models.IntegerField("meter", null=True)
    cost_ore = models.BigIntegerField("pris pr. dag i øre", null=True)
    co2_g = models.BigIntegerField("CO2 pr. dag i gram", null=True)
    ride_minutes = models.IntegerField("minutter i vognen", null=True)
    driven = models.IntegerField("ture, der køres", default=0)
    left_out = models.IntegerField("ture, der ikke køres", default=0)
    today_cost_ore = models.BigIntegerField("pris pr. dag i dag i øre", null=True)
    today_rides = models.IntegerField("ture pr. dag i dag", null=True)
    today_co2_g = models.BigIntegerField("CO2 pr. dag i dag i gram, skønnet", null=True)
    days = models.IntegerField("køredage på et år", null=True)
    own_day_ore = models.BigIntegerField("egen vogn pr. dag i øre", default=0)
    own_today = models.IntegerField("egne vogne i dag", default=0)
    valid_from = models.DateField("i drift fra", null=True)
    valid_to = models.DateField("i drift til (eksklusiv)", null=True)
    published_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sat i drift af"
    )
    published_note = models.CharField("begrundelse", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "ruteplan"
        verbose_name_plural = "ruteplaner"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="route_plan_named"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values()), name="route_plan_state_known"),
            models.CheckConstraint(condition=Q(seconds__range=(1, 600)), name="route_plan_seconds"),
            models.CheckConstraint(condition=Q(own_day_ore__gte=0, own_today__gte=0), name="route_plan_own"),
            models.CheckConstraint(condition=Q(progress__range=(0, 100)), name="route_plan_progress"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "ended"])
                | Q(valid_from__isnull=False, published_by__isnull=False, cost_ore__isnull=False, faults=[]),
                name="route_plan_published_is_legal",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="route_plan_positive",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-asked_at"], name="route_plan_latest")]


@tracked
class PlanVehicle(TenantModel):
    """A vehicle offered to a plan, with its room and prices as they were then."""

    plan = models.ForeignKey(RoutePlan, on_delete=models.CASCADE, related_name="fleet", verbose_name="plan")
    vehicle = models.ForeignKey("transport.Vehicle", on_delete=models.PROTECT, related_name="+", verbose_name="vogn")
    name = models.CharField("vogn", max_length=120)
    garage = models.ForeignKey("transport.Place", on_delete=models.PROTECT, related_name="+", verbose_name="garage")
    seats = models.IntegerField("siddepladser")
    wheelchairs = models.IntegerField("kørestolspladser", default=0)
    lift = models.BooleanField("lift", default=False)
    day_ore = models.BigIntegerField("fast pris pr. dag i øre", default=0)
    km_ore = models.BigIntegerField("pris pr. km i øre", default=0)
    minute_ore = models.BigIntegerField("pris pr. minut i øre", default=0)
    co2_g_km = models.IntegerField("CO2 i gram pr. km", default=0)
    start_ore = models.BigIntegerField("startgebyr i øre", default=0)
    lift_ore = models.BigIntegerField("lift i øre", default=0)
    fee_percent = models.DecimalField("administration i procent", max_digits=9, decimal_places=4, default=0)

    class Meta:
        verbose_name = "vogn i en ruteplan"
        verbose_name_plural = "vogne i en ruteplan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "vehicle"], name="plan_vehicle_once"),
            models.CheckConstraint(
                condition=Q(seats__gte=0, wheelchairs__gte=0, day_ore__gte=0, km_ore__gte=0, minute_ore__gte=0),
                name="plan_vehicle_sane",
            ),
            models.CheckConstraint(
                condition=Q(start_ore__gte=0, lift_ore__gte=0, fee_percent__range=(0, 100)), name="plan_vehicle_prices"
            ),
        ]


@tracked
class PlanRoute(TenantModel):
    """One trip of a vehicle in a plan (rute); minutes after midnight."""

    plan = models.ForeignKey(RoutePlan, on_delete=models.CASCADE, related_name="routes", verbose_name="plan")
    vehicle = models.ForeignKey(PlanVehicle, on_delete=models.CASCADE, related_name="routes", verbose_name="vogn")
    way = models.CharField("retning", max_length=10, choices=Way.choices())
    starts = models.IntegerField("kører")
    ends = models.IntegerField("hjemme")
    metres = models.IntegerField("meter")
    cost_ore = models.BigIntegerField("pris i øre")
    fee_ore = models.BigIntegerField("heraf administration i øre", default=0)
    co2_g = models.BigIntegerField("CO2 i gram", default=0)
    riders = models.IntegerField("borgere")
    most_aboard = models.IntegerField("flest i vognen")

    class Meta:
        verbose_name = "rute"
        verbose_name_plural = "ruter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "vehicle", "way"], name="plan_route_once"),
            models.CheckConstraint(condition=Q(way__in=Way.values()), name="plan_route_way_known"),
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts"), metres__gte=0), name="plan_route_positive"
            ),
        ]


@tracked
class PlanRide(UnitScopedModel):
    """One citizen's ride one way in a plan: what was asked, what was planned, and how it is today."""

    plan = models.ForeignKey(RoutePlan, on_delete=models.CASCADE, related_name="rides", verbose_name="plan")
    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    way = models.CharField("retning", max_length=10, choices=Way.choices())
    home = models.ForeignKey(
        "transport.Place", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="hjem"
    )
    goal = models.ForeignKey("transport.Place", on_delete=models.PROTECT, related_name="+", verbose_name="mål")
    at = models.IntegerField("ringetid", null=True)
    wheelchair = models.BooleanField("kørestol", default=False)
    companion = models.BooleanField("ledsager", default=False)
    solo = models.BooleanField("solokørsel", default=False)
    longest = models.IntegerField("længste køretid", null=True)
    locked = models.BooleanField("låst", default=False)
    route = models.ForeignKey(
        PlanRoute, on_delete=models.SET_NULL, null=True, related_name="rides", verbose_name="rute"
    )
    pickup = models.IntegerField("hentes", null=True)
    dropoff = models.IntegerField("sættes af", null=True)
    pickup_order = models.IntegerField("stop, hentes", null=True)
    dropoff_order = models.IntegerField("stop, sættes af", null=True)
    left_out = models.CharField("køres ikke", max_length=20, choices=LeftOut.choices(), blank=True, default="")
    today_pickup = models.IntegerField("hentes i dag", null=True)
    today_minutes = models.IntegerField("minutter i dag", null=True)

    class Meta:
        verbose_name = "tur i en ruteplan"
        verbose_name_plural = "ture i en ruteplan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "grant", "way"], name="plan_ride_once"),
            models.CheckConstraint(condition=Q(way__in=Way.values()), name="plan_ride_way_known"),
            models.CheckConstraint(condition=Q(left_out__in=["", *LeftOut.values()]), name="plan_ride_reason_known"),
            models.CheckConstraint(
                condition=Q(route__isnull=True)
                | Q(pickup__isnull=False, dropoff__isnull=False, dropoff__gte=models.F("pickup"), left_out=""),
                name="plan_ride_driven_or_left_out",
            ),
        ]
