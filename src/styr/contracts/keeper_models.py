"""Who keeps a contract's dates; `models` gives the name on."""

from typing import ClassVar

from django.db import models

from styr.access.tenant import TenantModel
from styr.audit.track import tracked


@tracked
class Keeper(TenantModel):
    """The colleague who keeps a contract's dates (ansvarlig); without one they lie with every negotiator."""

    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.CASCADE, related_name="keeper", verbose_name="kontrakt"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig")

    class Meta:
        verbose_name = "ansvarlig for kontrakt"
        verbose_name_plural = "ansvarlige for kontrakter"
        indexes: ClassVar = [models.Index(fields=["municipality", "user"], name="keeper_by_person")]
