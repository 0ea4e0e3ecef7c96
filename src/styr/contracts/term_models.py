"""The terms that compute beside price, notice and absence: dated, since a supplement (tillæg) may change them.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.contracts.core.codes import CorrectionSubject, IndexKind, NoticeFrom


@tracked
class Supplement(TenantModel):
    """An agreement that amends a contract from a day (tillæg til kontrakten); it lies in the contract's unit."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.CASCADE, related_name="supplements", verbose_name="kontrakt"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    supplement_no = models.IntegerField("tillæg nr.")
    valid_from = models.DateField("gælder fra")
    title = models.CharField("hvad det ændrer", max_length=200)
    signed_on = models.DateField("underskrevet")

    class Meta:
        verbose_name = "tillæg"
        verbose_name_plural = "tillæg"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "supplement_no"], name="supplement_no_unique"),
            models.CheckConstraint(condition=Q(supplement_no__gte=1), name="supplement_no_positive"),
            models.CheckConstraint(condition=~Q(title=""), name="supplement_says_what"),
        ]


@tracked
class AgreedTerms(TenantModel):
    """What is agreed of death, moving, vacancy, indexation and invoicing in a period (aftalte vilkår).

    Null means that the contract says nothing. `days_after_death` and `days_after_move` are paid after the last day;
    until the citizen has in fact moved in, the share `vacancy_billable` of the price is paid; `index_percent` is the
    yearly rise that is agreed (kind percent) or the cap on it (kind pl); an invoice comes within `invoice_days` of the
    last day that it is for. `notice_days` and the two of absence are those that a supplement brought; null is as the
    contract itself says.
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.CASCADE, related_name="agreed_terms", verbose_name="kontrakt"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    supplement = models.ForeignKey(
        Supplement, on_delete=models.PROTECT, related_name="terms", null=True, blank=True, verbose_name="tillæg"
    )
    valid_from = models.DateField("gælder fra")
    valid_to = models.DateField("gælder til (eksklusiv)", null=True, blank=True)
    days_after_death = models.IntegerField("dage betalt efter dødsfald", null=True, blank=True)
    days_after_move = models.IntegerField("dage betalt efter fraflytning", null=True, blank=True)
    vacancy_billable = models.DecimalField(
        "betalt andel før indflytning", max_digits=9, decimal_places=4, null=True, blank=True
    )
    notice_from = models.CharField(
        "varslet regnes", max_length=20, choices=NoticeFrom.choices(), default=NoticeFrom.DAY
    )
    index_kind = models.CharField("indeksering", max_length=20, choices=IndexKind.choices(), blank=True, default="")
    index_percent = models.DecimalField("procent om året", max_digits=7, decimal_places=4, null=True, blank=True)
    invoice_days = models.IntegerField("faktureres inden for dage", null=True, blank=True)
    notice_days = models.IntegerField("opsigelsesvarsel i dage efter tillæg", null=True, blank=True)
    absence_free_days = models.IntegerField("fraværsdage med fuld betaling efter tillæg", null=True, blank=True)
    absence_billable = models.DecimalField(
        "betalt andel ved fravær efter tillæg", max_digits=9, decimal_places=4, null=True, blank=True
    )

    class Meta:
        verbose_name = "aftalte vilkår"
        verbose_name_plural = "aftalte vilkår"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="agreed_terms_positive"
            ),
            models.CheckConstraint(
                condition=(Q(days_after_death__isnull=True) | Q(days_after_death__range=(0, 3660)))
                & (Q(days_after_move__isnull=True) | Q(days_after_move__range=(0, 3660)))
                & (Q(invoice_days__isnull=True) | Q(invoice_days__range=(0, 3660))),
                name="agreed_terms_days_sensible",
            ),
            models.CheckConstraint(
                condition=Q(vacancy_billable__isnull=True) | Q(vacancy_billable__range=(0, 1)),
                name="agreed_terms_vacancy_share",
            ),
            models.CheckConstraint(
                condition=Q(index_kind="", index_percent__isnull=True)
                | Q(index_kind="fixed", index_percent__isnull=True)
                | Q(index_kind="pl")
                | Q(index_kind="percent", index_percent__isnull=False),
                name="agreed_terms_index_known",
            ),
            models.CheckConstraint(
                condition=Q(index_percent__isnull=True) | Q(index_percent__range=(-50, 50)),
                name="agreed_terms_index_believable",
            ),
            models.CheckConstraint(condition=Q(notice_from__in=NoticeFrom.values()), name="agreed_terms_notice_known"),
            models.CheckConstraint(
                condition=(Q(notice_days__isnull=True) | Q(notice_days__range=(0, 3660)))
                & (
                    Q(absence_free_days__isnull=True, absence_billable__isnull=True)
                    | Q(absence_free_days__range=(0, 3660), absence_billable__range=(0, 1))
                ),
                name="agreed_terms_amended_sensible",
            ),
            models.UniqueConstraint(fields=["contract", "valid_from"], name="agreed_terms_from_unique"),
            ExclusionConstraint(
                name="agreed_terms_no_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked
class Correction(TenantModel):
    """What a signed contract's register was put right in without a supplement (rettelse), and why: only added.

    The register did not say what was signed; what was signed is as it was. `reason` holds no CPR number.
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.CASCADE, related_name="corrections", verbose_name="kontrakt"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    subject = models.CharField("hvad der er rettet", max_length=20, choices=CorrectionSubject.choices())
    reason = models.CharField("hvorfor registeret er rettet", max_length=300)
    made_at = models.DateTimeField("rettet")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="rettet af")

    class Meta:
        verbose_name = "rettelse"
        verbose_name_plural = "rettelser"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject__in=CorrectionSubject.values()), name="correction_subject_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
        ]
