"""What was taken over from a case system and put right on a grant of ours, so that it can be taken back.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked


@tracked
class TakenOver(UnitScopedModel):
    """A correction of a grant that was taken over (overtaget): what the grant said before and after."""

    finding_id = models.UUIDField("afvigelse")
    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    what = models.CharField("hvad", max_length=40)
    before = models.JSONField("før")
    after = models.JSONField("efter")
    taken_at = models.DateTimeField("overtaget")
    taken_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="overtaget af")
    undone_at = models.DateTimeField("fortrudt", null=True)
    undone_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="fortrudt af"
    )

    class Meta:
        verbose_name = "overtaget fra fagsystem"
        verbose_name_plural = "overtaget fra fagsystemer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="taken_over_undone_by_somebody",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "finding_id"], name="taken_over_by_finding")]
