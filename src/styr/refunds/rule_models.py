"""The municipality's own numbers of the law, and its own word on how accounts count.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.refunds.core.ages import COVERED_AFTER, ONE_OFF_MONTHS
from styr.refunds.core.codes import Treatment
from styr.refunds.ranges import DateRange, positive

MAY_BE_OWN = (
    *("intermunicipal_months", "age_limit", "pooled_children_below", "pooled_young_below"),
    *(COVERED_AFTER, ONE_OFF_MONTHS, "other_authority_months"),
)


def _one_at_a_time(name: str, *about: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((column, RangeOperators.EQUAL) for column in ("municipality", *about)),
            (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
        ],
    )


@tracked
class OwnNumber(TenantModel):
    """A number of the law as the municipality reads it (egen regel), in place of the program's while it holds."""

    rule = models.CharField("regel", max_length=40)
    value = models.IntegerField("værdi")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "egen regel"
        verbose_name_plural = "egne regler"
        constraints: ClassVar = [
            positive("own_number_positive"),
            models.CheckConstraint(condition=Q(rule__in=MAY_BE_OWN), name="own_number_may_be_own"),
            models.CheckConstraint(
                condition=Q(rule=COVERED_AFTER, value__in=[0, 1])
                | Q(rule=ONE_OFF_MONTHS, value__in=[1, 12])
                | (~Q(rule__in=[COVERED_AFTER, ONE_OFF_MONTHS]) & Q(value__gte=1, value__lte=120)),
                name="own_number_sane",
            ),
            _one_at_a_time("own_number_no_overlap", "rule"),
        ]


@tracked
class OwnTreatment(TenantModel):
    """How cost on a function (five digits) or an area (three) counts here, in place of the program's word on it."""

    prefix = models.CharField("kontoens første cifre", max_length=5)
    law = models.CharField("lov", max_length=3, blank=True, default="")
    treatment = models.CharField("behandling", max_length=20, choices=Treatment.choices())
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "egen konto i central refusion"
        verbose_name_plural = "egne konti i central refusion"
        constraints: ClassVar = [
            positive("own_refund_treatment_positive"),
            models.CheckConstraint(condition=Q(treatment__in=Treatment.values()), name="own_treatment_known"),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^[0-9]{5}$", law="")
                | Q(prefix__regex=r"^[0-9]{3}$", law__in=["SEL", "BL"], treatment=Treatment.COUNTS.value),
                name="own_treatment_of_function_or_area",
            ),
            _one_at_a_time("own_refund_treatment_no_overlap", "prefix"),
        ]
