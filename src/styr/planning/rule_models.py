"""A municipality's own rules of what happens at an age, in place of the program's.

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


@tracked
class OwnTransition(TenantModel):
    """Help under one section goes over to another at an age (overgang); an empty `to_section` ends it."""

    from_section = models.CharField("paragraf", max_length=20)
    age = models.CharField("alder", max_length=10)
    to_section = models.CharField("afløses af", max_length=20, blank=True, default="")
    share = models.IntegerField("andel af udgiften, procent")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "egen overgang ved alder"
        verbose_name_plural = "egne overgange ved alder"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(age__regex=r"^(pension|[1-9][0-9]?)$"), name="own_transition_age"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=300), name="own_transition_share"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="own_transition_positive"
            ),
            ExclusionConstraint(
                name="own_transition_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("municipality", "from_section", "age")),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked
class OwnPensionAge(TenantModel):
    """The age of pension (folkepensionsalder) of whoever is born on a day or later, up to the next row; months."""

    born_from = models.DateField("født fra")
    months = models.IntegerField("alder i måneder")
    source = models.CharField("kilde", max_length=200)

    class Meta:
        verbose_name = "egen folkepensionsalder"
        verbose_name_plural = "egne folkepensionsaldre"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "born_from"], name="own_pension_age_once"),
            models.CheckConstraint(condition=Q(months__gte=600, months__lte=1200), name="own_pension_age_sane"),
        ]
