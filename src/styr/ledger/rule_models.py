"""Who changed which dated rule, from what to what, and who has looked up what came with the program.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

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
