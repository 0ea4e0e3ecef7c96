"""The registers of transport: areas, criteria, places, operators, their prices and their vehicles."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.transport.core.codes import Fuel, OperatorKind, PlaceKind, PlaceSource
from styr.transport.ranges import DateRange, MaybeUnit, positive


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
class Area(TenantModel):
    """A transport area (befordringsområde): criteria that belong together, and the department that answers for them."""

    number = models.IntegerField("nummer")
    name = models.CharField("navn", max_length=120)
    department = models.CharField("center", max_length=80)
    description = models.CharField("beskrivelse", max_length=300, blank=True, default="")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "befordringsområde"
        verbose_name_plural = "befordringsområder"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__range=(1, 999)), name="transport_area_number"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(department=""), name="transport_area_named"),
            positive("transport_area_positive"),
            models.UniqueConstraint(fields=["municipality", "number", "valid_from"], name="transport_area_once"),
            _once("transport_area_no_overlap", "municipality", "number"),
        ]


@tracked
class Criterion(TenantModel):
    """An allocation criterion (tildelingskriterium): by which law who may be driven, how, and on what terms.

    `rule` says which computation supports the decision (`core.entitlement`), "" where a person alone judges;
    `section` is the code that a grant by this criterion is written with; `needs_check` is a text that nobody has yet
    held against the law in force.
    """

    code = models.CharField("kode", max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="criteria", verbose_name="område")
    name = models.CharField("navn", max_length=160)
    section = models.CharField("paragrafkode", max_length=20, blank=True, default="")
    law = models.CharField("lovgrundlag", max_length=200)
    target_group = models.CharField("målgruppe", max_length=400)
    form = models.CharField("befordringsform", max_length=300)
    terms = models.CharField("vilkår", max_length=600, blank=True, default="")
    rule = models.CharField("beregning", max_length=40, blank=True, default="")
    account_prefix = models.CharField("kontostrengens første cifre", max_length=16, blank=True, default="")
    needs_check = models.BooleanField("kontrollér", default=False)
    source = models.CharField("kilde", max_length=300, blank=True, default="")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "tildelingskriterium"
        verbose_name_plural = "tildelingskriterier"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-ZÆØÅ0-9-]{1,10}$"), name="criterion_code_form"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(law=""), name="criterion_has_law"),
            models.CheckConstraint(
                condition=Q(account_prefix__regex=r"^[0-9]{0,16}$"), name="criterion_account_digits"
            ),
            positive("criterion_positive"),
            models.UniqueConstraint(fields=["municipality", "code", "valid_from"], name="criterion_once"),
            _once("criterion_no_overlap", "municipality", "code"),
        ]


@tracked
class Place(MaybeUnit):
    """Where rides begin and end. A home is a citizen's and lies in the citizen's unit; other places are seen by all.

    An address that nobody could find, or without coordinates, is kept as it was told and shown until it is mended.
    """

    kind = models.CharField("art", max_length=20, choices=PlaceKind.choices())
    number = models.CharField("stednummer", max_length=40)
    name = models.CharField("navn", max_length=120, blank=True, default="")
    street = models.CharField("adresse", max_length=160, blank=True, default="")
    postal_code = models.CharField("postnummer", max_length=10, blank=True, default="")
    town = models.CharField("by", max_length=80, blank=True, default="")
    latitude = models.DecimalField("bredde", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("længde", max_digits=9, decimal_places=6, null=True, blank=True)
    source = models.CharField("placeret af", max_length=20, choices=PlaceSource.choices(), blank=True, default="")
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="borger"
    )
    calendar = models.ForeignKey(
        "contracts.OpeningCalendar", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="åbningskalender",
    )  # fmt: skip
    bell_in = models.TimeField("møder ind", null=True, blank=True)
    bell_out = models.TimeField("får fri", null=True, blank=True)

    class Meta:
        verbose_name = "sted"
        verbose_name_plural = "steder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="place_number_once"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values()), name="place_kind_known"),
            models.CheckConstraint(condition=Q(source__in=PlaceSource.values()), name="place_source_known"),
            models.CheckConstraint(
                condition=Q(kind="home", citizen__isnull=False, unit__isnull=False)
                | (~Q(kind="home") & Q(citizen__isnull=True, unit__isnull=True)),
                name="place_home_is_somebody_s",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_on_earth",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "citizen"], name="place_of_citizen")]


@tracked
class Operator(TenantModel):
    """Whoever drives or pays (operatør): Movia, a haulier, our own cars, or the citizen against reimbursement."""

    name = models.CharField("navn", max_length=120)
    kind = models.CharField("art", max_length=20, choices=OperatorKind.choices())
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="leverandør",
    )  # fmt: skip
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="kontrakt",
    )  # fmt: skip
    note = models.CharField("bemærkning", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "operatør"
        verbose_name_plural = "operatører"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "name"], name="operator_name_once"),
            models.UniqueConstraint(
                fields=["municipality", "supplier"], condition=Q(supplier__isnull=False), name="operator_supplier_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=OperatorKind.values()), name="operator_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="operator_named"),
        ]


PRICES = ("start", "km", "minute", "waiting_minute", "lift", "bridge", "no_show", "day")


@tracked
class PriceScheme(TenantModel):
    """What an operator takes for a product in a period (prisaftale), øre; `fee_percent` is Movia's administration.

    A day's price (`day_ore`) is a fixed route's, whoever rides; the others are a single trip's.
    """

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="prices", verbose_name="operatør")
    product = models.CharField("produkt", max_length=60)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    start_ore = models.BigIntegerField("startgebyr i øre", default=0)
    km_ore = models.BigIntegerField("pris pr. km i øre", default=0)
    minute_ore = models.BigIntegerField("pris pr. minut i øre", default=0)
    waiting_minute_ore = models.BigIntegerField("ventetid pr. minut i øre", default=0)
    lift_ore = models.BigIntegerField("lift i øre", default=0)
    bridge_ore = models.BigIntegerField("bro og færge i øre", default=0)
    no_show_ore = models.BigIntegerField("udebleven i øre", default=0)
    day_ore = models.BigIntegerField("fast pris pr. dag i øre", default=0)
    fee_percent = models.DecimalField("administration i procent", max_digits=9, decimal_places=4, default=0)

    class Meta:
        verbose_name = "prisaftale"
        verbose_name_plural = "prisaftaler"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(product=""), name="price_scheme_product"),
            models.CheckConstraint(
                condition=Q(**{f"{price}_ore__gte": 0 for price in PRICES}) & Q(fee_percent__range=(0, 100)),
                name="price_scheme_not_negative",
            ),
            positive("price_scheme_positive"),
            models.UniqueConstraint(fields=["operator", "product", "valid_from"], name="price_scheme_once"),
            _once("price_scheme_no_overlap", "operator", "product"),
        ]


@tracked
class Vehicle(TenantModel):
    """A vehicle (vogn). One without room is kept as it came and shown until it is mended; a form refuses it."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="vehicles", verbose_name="operatør")
    name = models.CharField("vogn", max_length=80)
    registration = models.CharField("nummerplade", max_length=10, blank=True, default="")
    seats = models.IntegerField("siddepladser", default=0)
    wheelchairs = models.IntegerField("kørestolspladser", default=0)
    lift = models.BooleanField("lift", default=False)
    solo = models.BooleanField("kun solokørsel", default=False)
    fuel = models.CharField("drivmiddel", max_length=20, choices=Fuel.choices(), default=Fuel.UNKNOWN)
    co2_g_km = models.IntegerField("CO2 i gram pr. km", null=True, blank=True)
    first_registered = models.DateField("første registrering", null=True, blank=True)
    home_unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hører til"
    )
    use = models.CharField("brug", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "vogn"
        verbose_name_plural = "vogne"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "name"], name="vehicle_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="vehicle_named"),
            models.CheckConstraint(
                condition=Q(seats__range=(0, 200), wheelchairs__range=(0, 50)), name="vehicle_room_sane"
            ),
            models.CheckConstraint(condition=Q(fuel__in=Fuel.values()), name="vehicle_fuel_known"),
            models.CheckConstraint(
                condition=Q(co2_g_km__isnull=True) | Q(co2_g_km__range=(0, 2000)), name="vehicle_co2_sane"
            ),
        ]
