"""What must be done again and again while a contract runs; `models` gives the name on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.contracts.core.codes import DutyKind


@tracked
class Duty(TenantModel):
    """Something due by a contract (frist efter aftalen), e.g. proof of insurance once a year.

    `due_on` is the next time; doing it moves the date by `every_months`, or ends it (`done_on`) where it is once.
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.CASCADE, related_name="duties", verbose_name="kontrakt"
    )
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enhed"
    )
    kind = models.CharField("slags", max_length=20, choices=DutyKind.choices())
    note = models.CharField("hvad", max_length=200, blank=True, default="")
    due_on = models.DateField("frist")
    every_months = models.IntegerField("gentages hver måned nr.", null=True, blank=True)
    done_on = models.DateField("udført", null=True, blank=True)

    class Meta:
        verbose_name = "frist efter aftalen"
        verbose_name_plural = "frister efter aftalen"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=DutyKind.values()), name="duty_kind_known"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__range=(1, 120)), name="duty_every_sensible"
            ),
            models.CheckConstraint(condition=~Q(kind="other", note=""), name="duty_says_what"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="duty_open_by_date"),
        ]
