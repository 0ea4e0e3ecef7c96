"""The municipality's own word on the sections and services that come with the program, and those it has added itself.

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
from styr.contracts.core.codes import TermKind
from styr.contracts.core.own_codes import SECTION_CODE, SERVICE_CODE


@tracked
class LocalTerm(TenantModel):
    """What the municipality has decided of a section or a service (egen opsætning) in a period.

    `name` is its own name ("" the program's). `checked_on` is when somebody looked the program's row up at its source.
    """

    what = models.CharField("slags", max_length=10, choices=TermKind.choices())
    code = models.CharField("kode", max_length=40)
    in_use = models.BooleanField("i brug", default=True)
    name = models.CharField("eget navn", max_length=200, blank=True, default="")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    checked_on = models.DateField("kontrolleret", null=True)
    checked_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kontrolleret af"
    )

    class Meta:
        verbose_name = "egen paragraf eller ydelse"
        verbose_name_plural = "egne paragraffer og ydelser"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what__in=TermKind.values()), name="local_term_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="local_term_positive"
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="local_term_checked_by_somebody",
            ),
            ExclusionConstraint(
                name="local_term_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("municipality", "what", "code")),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked
class OwnTerm(TenantModel):
    """A section or a service that the municipality has added itself (egen paragraf, egen ydelse), in [starts, ends).

    `law` and `kle` are a section's. `words` are other ways to write it in files, one a line. It is never removed: what
    was granted under it keeps its name; what it is called over time, and whether it is in use, are `LocalTerm`s.
    """

    what = models.CharField("slags", max_length=10, choices=TermKind.choices())
    code = models.CharField("kode", max_length=40)
    name = models.CharField("navn", max_length=100)
    law = models.CharField("lov", max_length=60, blank=True, default="")
    kle = models.CharField("KLE-nummer", max_length=10, blank=True, default="")
    words = models.CharField("andre skrivemåder", max_length=500, blank=True, default="")
    reason = models.CharField("begrundelse", max_length=300)
    starts = models.DateField("gyldig fra")
    ends = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    added_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="tilføjet af")

    class Meta:
        verbose_name = "egen tilføjet paragraf eller ydelse"
        verbose_name_plural = "egne tilføjede paragraffer og ydelser"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "what", "code"], name="own_term_once"),
            models.CheckConstraint(
                condition=Q(what="section", code__regex=SECTION_CODE) | Q(what="service", code__regex=SERVICE_CODE),
                name="own_term_code_readable",
            ),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="own_term_positive"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(reason=""), name="own_term_says_why"),
        ]
