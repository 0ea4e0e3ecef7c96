"""The finance system's own figures as it gave them: postings and budgets, and what cost centres and accounts mean."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.ledger.core.codes import BudgetKind, PostingKind, StateRefund, VatTreatment
from styr.ledger.paid_models import InvoicePayment, MaybeUnit, PaidPart, RecordedMonth
from styr.ledger.payment_models import PaymentFile, PaymentLine
from styr.ledger.rule_models import PaymentLayoutChoice, RuleChange, RuleCheck

__all__ = [
    "AccountTreatment",
    "BudgetLine",
    "CostCentre",
    "DateRange",
    "DefaultAccountTreatment",
    "InvoicePayment",
    "PaidPart",
    "PaymentFile",
    "PaymentLayoutChoice",
    "PaymentLine",
    "Posting",
    "RecordedMonth",
    "RuleChange",
    "RuleCheck",
]

ACCOUNT = r"^[0-9]{16}$"


@tracked
class Posting(MaybeUnit):
    """A line of a voucher (postering): what was booked, when, on which account; a cost is positive.

    What the finance system said about whom it concerns is kept as it said it, CPR numbers as keyed hashes; the ids
    beside it are what that means in our registers, worked out anew after every import (`placing`). `year` is the
    accounting year, in which a voucher's number is used once.
    """

    year = models.IntegerField("regnskabsår")
    voucher = models.CharField("bilag", max_length=40)
    line_no = models.IntegerField("linje")
    posted_on = models.DateField("bogført")
    month = models.DateField("periode")
    account_string = models.CharField("kontostreng", max_length=16)
    amount_ore = models.BigIntegerField("beløb i øre")
    kind = models.CharField("art", max_length=20, choices=PostingKind.choices())
    text = models.CharField("tekst", max_length=200, blank=True, default="")
    citizen_number = models.CharField("fagsystemets borgernummer", max_length=60, blank=True, default="")
    citizen_index = models.CharField("CPR-nøgle", max_length=64, blank=True, default="")
    grant_number = models.CharField("bevillingsnummer, som det stod", max_length=60, blank=True, default="")
    supplier_cvr = models.CharField("leverandørens CVR", max_length=8, blank=True, default="")
    invoice_number = models.CharField("fakturanummer", max_length=100, blank=True, default="")
    citizen_id = models.UUIDField("borger", null=True)
    grant_id = models.UUIDField("bevilling", null=True)
    supplier_id = models.UUIDField("leverandør", null=True)
    invoice_id = models.UUIDField("faktura", null=True)

    class Meta:
        verbose_name = "postering"
        verbose_name_plural = "posteringer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year", "voucher", "line_no"], name="posting_once"),
            models.CheckConstraint(condition=Q(account_string__regex=ACCOUNT), name="posting_account_is_digits"),
            models.CheckConstraint(condition=Q(month__day=1), name="posting_month_is_a_month"),
            models.CheckConstraint(condition=Q(month__year=F("year")), name="posting_month_in_year"),
            models.CheckConstraint(condition=Q(kind__in=PostingKind.values()), name="posting_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "month", "account_string"], name="posting_by_month"),
            models.Index(fields=["municipality", "citizen_id", "month"], name="posting_by_citizen"),
            models.Index(fields=["municipality", "grant_id", "month"], name="posting_by_grant"),
            models.Index(fields=["municipality", "invoice_id"], name="posting_by_invoice"),
            models.Index(fields=["municipality", "-posted_on", "id"], name="posting_latest"),
        ]


@tracked
class BudgetLine(MaybeUnit):
    """A line of a budget (budgetlinje) for a month, or for a year where `month` is null; øre, a cost is positive.

    It is known by everything but its amount.
    """

    year = models.IntegerField("budgetår")
    month = models.DateField("måned", null=True)
    kind = models.CharField("art", max_length=20, choices=BudgetKind.choices())
    account_string = models.CharField("kontostreng", max_length=16)
    amount_ore = models.BigIntegerField("beløb i øre")
    text = models.CharField("tekst", max_length=200, blank=True, default="")
    citizen_number = models.CharField("fagsystemets borgernummer", max_length=60, blank=True, default="")
    grant_number = models.CharField("bevillingsnummer, som det stod", max_length=60, blank=True, default="")
    unit_number = models.CharField("enhedsnummer, som det stod", max_length=20, blank=True, default="")
    citizen_id = models.UUIDField("borger", null=True)
    grant_id = models.UUIDField("bevilling", null=True)

    class Meta:
        verbose_name = "budgetlinje"
        verbose_name_plural = "budgetlinjer"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    *("municipality", "year", "month", "kind", "account_string"),
                    *("citizen_number", "grant_number", "unit_number", "text"),
                ],
                name="budget_line_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(account_string__regex=ACCOUNT), name="budget_account_is_digits"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__day=1, month__year=F("year")), name="budget_month_in_year"
            ),
            models.CheckConstraint(condition=Q(kind__in=BudgetKind.values()), name="budget_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "year", "account_string"], name="budget_by_year"),
            models.Index(fields=["municipality", "citizen_id", "year"], name="budget_by_citizen"),
            models.Index(fields=["municipality", "grant_id", "year"], name="budget_by_grant"),
        ]


@tracked
class CostCentre(UnitScopedModel):
    """The unit that a cost centre (omkostningssted) of the account string belongs to, in a period."""

    code = models.CharField("omkostningssted", max_length=4)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "omkostningssted"
        verbose_name_plural = "omkostningssteder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code", "valid_from"], name="cost_centre_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{4}$"), name="cost_centre_is_digits"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="cost_centre_positive"
            ),
            ExclusionConstraint(
                name="cost_centre_no_overlap",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Treatment(models.Model):
    """What holds for a function of the chart of accounts, one type of cost and one ownership of it; "" is any."""

    function = models.CharField("funktion", max_length=5)
    cost_type = models.CharField("art", max_length=2, blank=True, default="")
    ownership = models.CharField("ejerforhold", max_length=1, blank=True, default="")
    name = models.CharField("navn", max_length=120)
    state_refund = models.CharField("statsrefusion", max_length=10, choices=StateRefund.choices())
    vat_treatment = models.CharField("moms", max_length=10, choices=VatTreatment.choices())
    vat_share = models.DecimalField("andel der udlignes", max_digits=7, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True, default="")

    class Meta:
        abstract = True


def _treatment_constraints(prefix: str, *tenant: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(function__regex=r"^[0-9]{5}$"), name=f"{prefix}_function_digits"),
        models.CheckConstraint(condition=Q(cost_type__regex=r"^([0-9]{2})?$"), name=f"{prefix}_type_digits"),
        models.CheckConstraint(condition=Q(ownership__regex=r"^[0-9]?$"), name=f"{prefix}_ownership_digit"),
        models.CheckConstraint(condition=Q(state_refund__in=StateRefund.values()), name=f"{prefix}_refund_known"),
        models.CheckConstraint(condition=Q(vat_treatment__in=VatTreatment.values()), name=f"{prefix}_vat_known"),
        models.CheckConstraint(
            condition=Q(vat_share__isnull=True) | Q(vat_share__gte=0, vat_share__lte=1), name=f"{prefix}_share_in_one"
        ),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=f"{prefix}_positive"
        ),
        ExclusionConstraint(
            name=f"{prefix}_no_overlap",
            expressions=[
                *((column, RangeOperators.EQUAL) for column in (*tenant, "function", "cost_type", "ownership")),
                (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
            ],
        ),
    ]


class DefaultAccountTreatment(Treatment):
    """The treatments that come with the program, the same for every municipality, and to be checked by it."""

    class Meta:
        verbose_name = "medfølgende kontobehandling"
        verbose_name_plural = "medfølgende kontobehandlinger"
        constraints: ClassVar = _treatment_constraints("default_treatment")


@tracked
class AccountTreatment(TenantModel, Treatment):
    """A municipality's own treatment: it holds in place of the program's for the same function, type and ownership."""

    class Meta:
        verbose_name = "kontobehandling"
        verbose_name_plural = "kontobehandlinger"
        constraints: ClassVar = _treatment_constraints("treatment", "municipality")
