"""Mergers of suppliers. `models` gives the name on; nobody else imports this module."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked


@tracked
class Merger(TenantModel):
    """A merger (fusion): from a day the continuing supplier stands where the absorbed one stood.

    `contracts`, `grants` and `provider_units` are the ids of what went over; they name no citizen.
    """

    absorbed = models.OneToOneField(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="merged_into", verbose_name="ophørende leverandør"
    )
    continuing = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="mergers", verbose_name="fortsættende leverandør"
    )
    valid_from = models.DateField("gælder fra")
    note = models.CharField("bemærkning", max_length=300, blank=True, default="")
    contracts = ArrayField(models.UUIDField(), verbose_name="kontrakter", default=list)
    grants = ArrayField(models.UUIDField(), verbose_name="bevillinger", default=list)
    provider_units = ArrayField(models.UUIDField(), verbose_name="tilbud", default=list)
    recorded_at = models.DateTimeField("registreret")
    recorded_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="registreret af"
    )

    class Meta:
        verbose_name = "fusion"
        verbose_name_plural = "fusioner"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(absorbed=F("continuing")), name="merger_of_two"),
        ]
