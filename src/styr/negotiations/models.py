"""Savings (besparelser) and results from before the program; negotiations are in `case_models`."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.kernel.ids import uuid7
from styr.negotiations.case_models import (
    ArgumentTemplate,
    CaseArgument,
    CaseEntry,
    CaseLetter,
    CaseLimit,
    CaseMeeting,
    Negotiation,
)
from styr.negotiations.core.codes import Measure, SavingKind, SavingStatus
from styr.negotiations.potential_models import OwnShare, PotentialRow, PotentialStand, PotentialVolume

__all__ = [
    "ArgumentTemplate",
    "CaseArgument",
    "CaseEntry",
    "CaseLetter",
    "CaseLimit",
    "CaseMeeting",
    "Negotiation",
    "OwnShare",
    "PastResult",
    "PotentialRow",
    "PotentialStand",
    "PotentialVolume",
    "Saving",
]

_ONE = Value(1, output_field=models.DecimalField(max_digits=14, decimal_places=4))


@tracked
class Saving(TenantModel):
    """What an agreement saves on a grant (besparelse): the price before and after, from a day, with its evidence.

    Of `price` the two amounts are kr. per unit of the service line, and the quantities, where given, what the line
    bought and buys; of `sum` they are one amount in kr. booked on the first day. `agreed_key` is the id that the agreed
    price goes by where both prices are asked of the expected cost at once.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhed")
    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.PROTECT, null=True, related_name="savings", verbose_name="forhandling"
    )
    kind = models.CharField("art", max_length=30, choices=SavingKind.choices())
    status = models.CharField("status", max_length=10, choices=SavingStatus.choices())
    measure = models.CharField("opgjort som", max_length=10, choices=Measure.choices())
    grant = models.ForeignKey("grants.Grant", on_delete=models.PROTECT, related_name="+", verbose_name="bevilling")
    service_line = models.ForeignKey(
        "grants.ServiceLine", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bevillingsydelse"
    )
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="leverandør"
    )
    consent = models.ForeignKey(
        "people.Consent", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="samtykke"
    )
    baseline = models.DecimalField("udgangspunkt", max_digits=14, decimal_places=4)
    agreed = models.DecimalField("aftalt", max_digits=14, decimal_places=4)
    baseline_quantity = models.DecimalField("mængde før", max_digits=14, decimal_places=4, null=True)
    agreed_quantity = models.DecimalField("mængde efter", max_digits=14, decimal_places=4, null=True)
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True)
    evidence = models.TextField("dokumentation", max_length=4000)
    agreed_on = models.DateField("aftalt den", null=True)
    agreed_key = models.UUIDField(default=uuid7, unique=True)
    realised_ore = models.BigIntegerField("realiseret i øre", null=True)
    verified_until = models.DateField("efterprøvet til (eksklusiv)", null=True)
    verified_on = models.DateField("efterprøvet den", null=True)
    dropped_because = models.CharField("opgivet fordi", max_length=300, blank=True, default="")
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="registreret af"
    )
    made_at = models.DateTimeField("registreret")

    class Meta:
        verbose_name = "besparelse"
        verbose_name_plural = "besparelser"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=SavingKind.values(), status__in=SavingStatus.values(), measure__in=Measure.values()
                ),
                name="saving_codes_known",
            ),
            models.CheckConstraint(condition=Q(baseline__gte=0, agreed__gte=0), name="saving_not_negative"),
            models.CheckConstraint(
                condition=Q(baseline_quantity__isnull=True, agreed_quantity__isnull=True)
                | Q(baseline_quantity__gt=0, agreed_quantity__gte=0, measure="price"),
                name="saving_both_quantities",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    F("agreed") * Coalesce(F("agreed_quantity"), _ONE),
                    F("baseline") * Coalesce(F("baseline_quantity"), _ONE),
                ),
                name="saving_is_no_rise",
            ),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="saving_period"),
            models.CheckConstraint(
                condition=Q(measure="price", service_line__isnull=False)
                | Q(measure="sum", service_line__isnull=True, ends__isnull=False),
                name="saving_on_a_line_or_a_sum",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="saving_has_evidence"),
            models.CheckConstraint(
                condition=Q(status__in=["expected", "dropped"]) | Q(agreed_on__isnull=False),
                name="saving_agreed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="realised")
                | Q(realised_ore__gt=0, verified_on__isnull=False, verified_until__isnull=False),
                name="saving_realised_by_invoices",
            ),
            models.CheckConstraint(
                condition=~Q(kind="relocation") | Q(status__in=["expected", "dropped"]) | Q(consent__isnull=False),
                name="saving_moves_by_consent",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(dropped_because=""), name="saving_dropped_because"
            ),
            # The rule against counting twice: a line has one saving a day, whichever kind it is of.
            ExclusionConstraint(
                name="saving_one_a_line_a_day",
                expressions=[
                    ("service_line", RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                condition=Q(service_line__isnull=False) & ~Q(status="dropped"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "status", "starts"], name="saving_by_status"),
            models.Index(fields=["grant", "starts"], name="saving_of_grant"),
        ]


@tracked
class PastResult(TenantModel):
    """A result told of as one sum (historisk resultat), from before savings were registered one by one.

    It names no grant and is never held against invoices; without a kind it is what a source's total has besides what
    it itemises. `contracts` is told where the source tells it.
    """

    title = models.CharField("navn", max_length=200)
    kind = models.CharField("art", max_length=30, choices=SavingKind.choices(), blank=True, default="")
    amount_ore = models.BigIntegerField("beløb i øre")
    contracts = models.IntegerField("kontrakter", null=True)
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)")
    source = models.CharField("kilde", max_length=300)
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="registreret af"
    )
    made_at = models.DateTimeField("registreret")

    class Meta:
        verbose_name = "historisk resultat"
        verbose_name_plural = "historiske resultater"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_ore__gte=0), name="past_result_not_negative"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="past_result_period"),
            models.CheckConstraint(condition=Q(kind__in=["", *SavingKind.values()]), name="past_result_kind_known"),
            models.CheckConstraint(
                condition=Q(contracts__isnull=True) | Q(contracts__gte=0), name="past_result_contracts"
            ),
            models.UniqueConstraint(fields=["municipality", "title", "kind"], name="past_result_once"),
        ]
