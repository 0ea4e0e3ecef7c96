"""The potential as it was last worked out, and the municipality's own estimates. `models` gives these names on.

The prepared rows are thrown away and worked out anew; they name grants and contracts by id and nobody by name.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.negotiations.core.codes import Reason


@tracked
class OwnShare(TenantModel):
    """How much of an amount a negotiation may bring, in whole percent, as the municipality itself reckons (skøn)."""

    reason = models.CharField("grund", max_length=30, choices=Reason.choices())
    low = models.IntegerField("lavt, procent")
    likely = models.IntegerField("sandsynligt, procent")
    high = models.IntegerField("højt, procent")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "eget skøn over potentiale"
        verbose_name_plural = "egne skøn over potentiale"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values()), name="own_share_reason_known"),
            models.CheckConstraint(
                condition=Q(low__gte=0, likely__gte=F("low"), high__gte=F("likely"), high__lte=100),
                name="own_share_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="own_share_period"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="own_share_has_source"),
            ExclusionConstraint(
                name="own_share_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("municipality", "reason")),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class PotentialStand(TenantModel):
    """When the potential was worked out, as of which day, how far the registers had come, and by which estimates."""

    as_of = models.DateField("pr.")
    made_at = models.DateTimeField("regnet")
    seen = models.JSONField("registrenes stand", default=dict)
    shares = models.JSONField("skøn", default=dict)

    class Meta:
        verbose_name = "regnet potentiale"
        verbose_name_plural = "regnede potentialer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality"], name="potential_stand_once")]


class PotentialRow(UnitScopedModel):
    """A reason about a service line, as `core.potential.bought.RESULT` has it; amounts in øre a year, prices in kr.

    `key` is the contract, or the grant without one, that it is ranked under. `counts`: it is the largest of its line,
    and the only one of the line that is added up.
    """

    stand = models.ForeignKey(PotentialStand, on_delete=models.CASCADE, related_name="rows", verbose_name="regnet")
    key = models.UUIDField("rangeres under")
    counts = models.BooleanField("tæller")
    reason = models.CharField("grund", max_length=30)
    service_id = models.UUIDField("bevillingsydelse")
    grant_id = models.UUIDField("bevilling")
    contract_id = models.UUIDField("kontrakt", null=True)
    contract_number = models.CharField("kontraktnummer", max_length=40, null=True)  # noqa: DJ001 - null: no contract
    grant_number = models.CharField("bevillingsnummer", max_length=40)
    supplier_id = models.UUIDField("leverandør")
    supplier_kind = models.CharField("leverandørtype", max_length=40, null=True)  # noqa: DJ001 - null: not known
    section = models.CharField("paragraf", max_length=40)
    service = models.CharField("ydelse", max_length=40)
    measure = models.CharField("enhed", max_length=20)
    framework = models.BooleanField("ramme", null=True)
    year_ore = models.BigIntegerField("årets udgift i øre")
    low_ore = models.BigIntegerField("lavt i øre")
    likely_ore = models.BigIntegerField("sandsynligt i øre")
    high_ore = models.BigIntegerField("højt i øre")
    price = models.DecimalField("pris", max_digits=14, decimal_places=4)
    usual = models.DecimalField("sædvanlig pris", max_digits=14, decimal_places=4, null=True)
    edge = models.DecimalField("grænse", max_digits=14, decimal_places=4, null=True)
    peers = models.BigIntegerField("sammenlignet med", null=True)
    alike = models.BooleanField("samme slags leverandør", null=True)
    hours = models.DecimalField("timer", max_digits=14, decimal_places=4, null=True)
    hourly = models.DecimalField("timepris", max_digits=14, decimal_places=4, null=True)
    on_day = models.DateField("dag", null=True)
    counted = models.BigIntegerField("antal", null=True)
    seen_ore = models.BigIntegerField("set i øre", null=True)
    percent = models.DecimalField("procent", max_digits=9, decimal_places=4, null=True)

    class Meta:
        verbose_name = "potentiale"
        verbose_name_plural = "potentialer"
        indexes: ClassVar = [
            models.Index(fields=["stand", "key"], name="potential_row_of_key"),
            models.Index(fields=["grant_id"], name="potential_row_of_grant"),
        ]


class PotentialVolume(UnitScopedModel):
    """What a unit buys of a supplier: how many grants and contracts, and øre in the coming twelve months."""

    stand = models.ForeignKey(PotentialStand, on_delete=models.CASCADE, related_name="volumes", verbose_name="regnet")
    supplier_id = models.UUIDField("leverandør")
    grants = models.BigIntegerField("bevillinger")
    contracts = models.BigIntegerField("kontrakter")
    year_ore = models.BigIntegerField("årets udgift i øre")

    class Meta:
        verbose_name = "køb hos leverandør"
        verbose_name_plural = "køb hos leverandører"
