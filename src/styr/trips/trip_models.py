"""What operators say that they drove: settlements in their versions, and the trips of the newest one.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.trips.core.codes import SettlementStatus
from styr.trips.unit_models import MaybeUnit


@tracked
class Settlement(TenantModel):
    """What an operator wants to be paid for (afregning), by its own number; its sums are those of the newest version.

    The same content twice changes nothing; other content is a new version, and never adds to the one before.
    """

    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, related_name="+", verbose_name="operatør"
    )
    number = models.CharField("afregningsnummer", max_length=60)
    version = models.IntegerField("version", default=1)
    received_at = models.DateTimeField("modtaget")
    digest = models.CharField("indholdets kontrolsum", max_length=64)
    invoice_number = models.CharField("fakturanummer", max_length=100, blank=True, default="")
    first_day = models.DateField("første dag", null=True)
    last_day = models.DateField("sidste dag", null=True)
    trips = models.IntegerField("ture", default=0)
    cost_ore = models.BigIntegerField("kørsel i øre", default=0)
    fee_ore = models.BigIntegerField("administration i øre", default=0)
    user_payment_ore = models.BigIntegerField("egenbetaling i øre", default=0)
    status = models.CharField(
        "status", max_length=20, choices=SettlementStatus.choices(), default=SettlementStatus.RECEIVED.value
    )
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="behandlet af"
    )
    decided_at = models.DateTimeField("behandlet", null=True)
    decided_version = models.IntegerField("behandlet i version", null=True)
    note = models.CharField("bemærkning", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "afregning af kørsel"
        verbose_name_plural = "afregninger af kørsel"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "number"], name="settlement_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="settlement_numbered"),
            models.CheckConstraint(condition=Q(version__gte=1, trips__gte=0), name="settlement_counts"),
            models.CheckConstraint(condition=Q(status__in=SettlementStatus.values()), name="settlement_status_known"),
            models.CheckConstraint(
                condition=Q(status="received") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="settlement_decided_by_somebody",
            ),
        ]


@tracked
class SettlementVersion(TenantModel):
    """A settlement as it came once (version): never changed, so that what was paid for can be told afterwards."""

    settlement = models.ForeignKey(
        Settlement, on_delete=models.CASCADE, related_name="versions", verbose_name="afregning"
    )
    version = models.IntegerField("version")
    received_at = models.DateTimeField("modtaget")
    digest = models.CharField("indholdets kontrolsum", max_length=64)
    trips = models.IntegerField("ture")
    cost_ore = models.BigIntegerField("kørsel i øre")
    fee_ore = models.BigIntegerField("administration i øre")
    user_payment_ore = models.BigIntegerField("egenbetaling i øre")

    class Meta:
        verbose_name = "version af en afregning"
        verbose_name_plural = "versioner af afregninger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["settlement", "version"], name="settlement_version_once"),
        ]


@tracked
class Trip(MaybeUnit):
    """A trip as its operator tells it (tur), in the newest version of its settlement.

    Nothing that a file says is refused for being unlikely: a negative distance, an unknown citizen or an end before the
    start is kept and found by a control. `grant` is the transport grant that fits best, worked out by `placing`;
    `told_grant` is the one that the file names. `withdrawn`: the newest version no longer has it.
    """

    settlement = models.ForeignKey(
        Settlement, on_delete=models.PROTECT, related_name="driven", verbose_name="afregning"
    )
    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, related_name="+", verbose_name="operatør"
    )
    external_no = models.CharField("turnummer", max_length=60)
    product = models.CharField("produkt", max_length=60)
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="borger"
    )
    citizen_number = models.CharField("borger ifølge filen", max_length=60, blank=True, default="")
    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bevilling"
    )
    told_grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bevilling ifølge filen"
    )
    grant_number = models.CharField("bevilling ifølge filen", max_length=60, blank=True, default="")
    service_day = models.DateField("dag")
    ordered_at = models.DateTimeField("bestilt", null=True)
    starts_at = models.DateTimeField("start", null=True)
    ends_at = models.DateTimeField("slut", null=True)
    from_place = models.ForeignKey(
        "transport.Place", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="fra"
    )
    to_place = models.ForeignKey(
        "transport.Place", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="til"
    )
    from_told = models.CharField("fra ifølge filen", max_length=160, blank=True, default="")
    to_told = models.CharField("til ifølge filen", max_length=160, blank=True, default="")
    km = models.DecimalField("km", max_digits=9, decimal_places=2)
    minutes = models.IntegerField("minutter", default=0)
    waiting_minutes = models.IntegerField("ventetid i minutter", default=0)
    aids = models.CharField("hjælpemidler", max_length=200, blank=True, default="")
    lift = models.BooleanField("lift", default=False)
    bridge = models.BooleanField("bro eller færge", default=False)
    companions = models.IntegerField("ledsagere", default=0)
    solo = models.BooleanField("solokørsel", default=False)
    no_show = models.BooleanField("udebleven", default=False)
    cancelled = models.BooleanField("afbestilt", default=False)
    withdrawn = models.BooleanField("trukket tilbage", default=False)
    cost_ore = models.BigIntegerField("pris i øre")
    fee_ore = models.BigIntegerField("administration i øre", default=0)
    user_payment_ore = models.BigIntegerField("egenbetaling i øre", default=0)
    account_string = models.CharField("kontostreng", max_length=16, blank=True, default="")

    class Meta:
        verbose_name = "tur"
        verbose_name_plural = "ture"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["settlement", "external_no"], name="trip_number_once"),
            models.CheckConstraint(condition=~Q(external_no="") & ~Q(product=""), name="trip_is_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "-service_day", "id"], name="trip_by_day"),
            models.Index(fields=["citizen", "service_day"], name="trip_of_citizen"),
            models.Index(fields=["grant", "service_day"], name="trip_of_grant"),
        ]
