"""Who changed which dated rule, from what to what, and who has looked up what came with the program.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from styr.access.ranges import DateRange
from styr.access.tenant import TenantModel
from styr.audit.track import tracked


@tracked
class RuleChange(TenantModel):
    """A change of a dated rule (regelændring): every row of the rule before and after, so that it can be taken back."""

    what = models.CharField("regelsæt", max_length=30)
    key = models.CharField("regel", max_length=150)
    title = models.CharField("betegnelse", max_length=200)
    before = models.JSONField("før", encoder=DjangoJSONEncoder)
    after = models.JSONField("efter", encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField("ændret")
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ændret af"
    )
    undone_at = models.DateTimeField("fortrudt", null=True)
    undone_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="fortrudt af"
    )

    class Meta:
        verbose_name = "regelændring"
        verbose_name_plural = "regelændringer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="rule_change_undone_by_somebody",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "what", "-made_at"], name="rule_change_latest")]


@tracked
class RuleCheck(TenantModel):
    """That somebody has looked a row of the program up at its source (kontrolleret), as it stood then."""

    what = models.CharField("regelsæt", max_length=30)
    key = models.CharField("regel", max_length=170)
    content = models.CharField("indhold", max_length=64)
    checked_on = models.DateField("kontrolleret")
    checked_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="kontrolleret af"
    )

    class Meta:
        verbose_name = "kontrolleret regel"
        verbose_name_plural = "kontrollerede regler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "what", "key"], name="rule_check_once"),
            models.CheckConstraint(condition=Q(content__regex=r"^[0-9a-f]{64}$"), name="rule_check_content"),
        ]


@tracked
class PaymentLayoutChoice(TenantModel):
    """Which layout payment files are written in from a day on (layout): one of the program's, or the text of an own."""

    rule = models.CharField("regel", max_length=20, default="betalingsfil")
    code = models.CharField("layout", max_length=20)
    spec = models.TextField("eget layout", max_length=20_000, blank=True, default="")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "betalingsfilers layout"
        verbose_name_plural = "betalingsfilers layouts"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rule="betalingsfil"), name="payment_layout_of_files"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="payment_layout_positive",
            ),
            ExclusionConstraint(
                name="payment_layout_no_overlap",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
