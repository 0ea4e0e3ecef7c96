"""What rules on pairs of sections have in common, whoever made them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate

from styr.access.ranges import DateRange
from styr.grants.core.codes import Verdict


class RuleOfPair(models.Model):
    """What holds when one citizen has grants under two sections at the same time; the pair is written in order."""

    section_a = models.CharField("paragraf", max_length=20)
    section_b = models.CharField("anden paragraf", max_length=20)
    verdict = models.CharField("afgørelse", max_length=10, choices=Verdict.choices())
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)
    note = models.CharField("begrundelse", max_length=300, blank=True, default="")

    class Meta:
        abstract = True


def pair_constraints(prefix: str, *tenant: str) -> list[models.BaseConstraint]:
    """What the database holds rules of pairs to: in order, a known verdict, no two at once (for each `tenant`)."""
    return [
        models.CheckConstraint(condition=Q(section_a__lte=Collate("section_b", "C")), name=f"{prefix}_in_order"),
        models.CheckConstraint(condition=Q(verdict__in=Verdict.values()), name=f"{prefix}_verdict_known"),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=f"{prefix}_period_positive"
        ),
        ExclusionConstraint(
            name=f"{prefix}_no_overlap",
            expressions=[
                *((column, RangeOperators.EQUAL) for column in (*tenant, "section_a", "section_b")),
                (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
            ],
        ),
    ]
