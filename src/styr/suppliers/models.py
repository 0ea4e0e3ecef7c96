"""Suppliers, where their money goes, their places, and the rates they have reported."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Now

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.kernel.units import Unit
from styr.suppliers.core.codes import SupplierKind
from styr.suppliers.merger_models import Merger as Merger  # noqa: PLC0414 -- given on

SECTION = r"^[A-ZÆØÅ]+-[0-9]+[a-z]?$"


@tracked
class Supplier(TenantModel):
    """A supplier (leverandør): who sends the invoice and is party to the contract."""

    source_id = models.CharField("leverandørnummer", max_length=60)
    cvr = models.CharField("CVR-nummer", max_length=8)
    name = models.CharField("navn", max_length=200)
    kind = models.CharField("type", max_length=20, choices=SupplierKind.choices())
    ean = models.CharField("EAN-nummer", max_length=13, blank=True, default="")

    class Meta:
        verbose_name = "leverandør"
        verbose_name_plural = "leverandører"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "source_id"], name="supplier_source_unique"),
            models.CheckConstraint(condition=Q(cvr__regex=r"^[0-9]{8}$"), name="supplier_cvr_is_digits"),
            models.CheckConstraint(condition=Q(kind__in=SupplierKind.values()), name="supplier_kind_known"),
            models.CheckConstraint(condition=Q(ean="") | Q(ean__regex=r"^[0-9]{13}$"), name="supplier_ean_is_digits"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "cvr"], name="supplier_cvr")]


@tracked
class SupplierAccount(TenantModel):
    """A bank account (konto) that the supplier is known to be paid on from a day; former ones are kept.

    It counts once it is confirmed: at once with a supplier's first ones, and by a second person than who brought it
    where the supplier had another account or had sent an invoice. Who brought it and when, and the first confirmation,
    are written by a trigger (0005_confirmed_accounts.sql); both are None of what came by a job of nobody's.
    """

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="accounts", verbose_name="leverandør")
    account = models.CharField("konto", max_length=40)
    valid_from = models.DateField("fra")
    brought_by = models.UUIDField("bragt af", null=True, editable=False)
    brought_at = models.DateTimeField("bragt", db_default=Now(), editable=False)
    confirmed_by = models.UUIDField("bekræftet af", null=True, editable=False)
    confirmed_at = models.DateTimeField("bekræftet", null=True, editable=False)

    class Meta:
        verbose_name = "leverandørkonto"
        verbose_name_plural = "leverandørkonti"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["supplier", "account"], name="supplier_account_unique"),
        ]


@tracked
class ProviderUnit(TenantModel):
    """A provider unit (tilbud): the place with its P-number, approved for a section of the law in a period."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="provider_units", verbose_name="leverandør"
    )
    source_id = models.CharField("tilbudsnummer", max_length=60)
    p_number = models.CharField("P-nummer", max_length=10, blank=True, default="")
    name = models.CharField("navn", max_length=200)
    section = models.CharField("paragraf", max_length=20)
    approved_from = models.DateField("godkendt fra", null=True, blank=True)
    approved_to = models.DateField("godkendt til (eksklusiv)", null=True, blank=True)
    places = models.IntegerField("pladser", null=True, blank=True)

    class Meta:
        verbose_name = "tilbud"
        verbose_name_plural = "tilbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "source_id"], name="provider_unit_source_unique"),
            models.CheckConstraint(
                condition=Q(p_number="") | Q(p_number__regex=r"^[0-9]{10}$"), name="provider_unit_p_is_digits"
            ),
            models.CheckConstraint(condition=Q(section__regex=SECTION), name="provider_unit_section_code"),
            models.CheckConstraint(
                condition=Q(approved_to__isnull=True)
                | Q(approved_from__isnull=True)
                | Q(approved_to__gt=F("approved_from")),
                name="provider_unit_approval_positive",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gte=0), name="provider_unit_places_not_negative"
            ),
        ]


@tracked
class PortalRate(TenantModel):
    """A rate (takst) as reported to Tilbudsportalen, kr. per unit of measure, in a period."""

    provider_unit = models.ForeignKey(
        ProviderUnit, on_delete=models.CASCADE, related_name="portal_rates", verbose_name="tilbud"
    )
    service = models.CharField("ydelse", max_length=40)
    measure = models.CharField("enhed", max_length=20, choices=[(unit.value, unit.danish) for unit in Unit])
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    amount = models.DecimalField("takst", max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = "portaltakst"
        verbose_name_plural = "portaltakster"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider_unit", "service", "measure", "valid_from"], name="portal_rate_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="portal_rate_positive"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="portal_rate_not_negative"),
            models.CheckConstraint(condition=Q(measure__in=[unit.value for unit in Unit]), name="portal_rate_measure"),
            ExclusionConstraint(
                name="portal_rate_no_overlap",
                expressions=[
                    ("provider_unit", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
