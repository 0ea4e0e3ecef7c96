"""The municipality's rules on which account a grant is paid from.

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
class AccountRule(TenantModel):
    """The account (konteringsregel) for a section, a service and a kind of supplier in a period; "" is any.

    The two notes are the municipality's own reminders: whether the state refunds, and how VAT is treated.
    """

    section = models.CharField("paragraf", max_length=20)
    service = models.CharField("ydelse", max_length=40, blank=True, default="")
    supplier_kind = models.CharField("leverandørtype", max_length=20, blank=True, default="")
    account_string = models.CharField("kontostreng", max_length=16)
    state_refund = models.BooleanField("statsrefusion", default=False)
    refund_note = models.CharField("note om statsrefusion", max_length=200, blank=True, default="")
    vat_note = models.CharField("note om moms", max_length=200, blank=True, default="")
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "konteringsregel"
        verbose_name_plural = "konteringsregler"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(account_string__regex=r"^[0-9]{16}$"), name="account_rule_is_digits"),
            models.CheckConstraint(condition=~Q(section=""), name="account_rule_has_section"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="account_rule_positive"
            ),
            ExclusionConstraint(
                name="account_rule_no_overlap",
                expressions=[
                    *(
                        (column, RangeOperators.EQUAL)
                        for column in ("municipality", "section", "service", "supplier_kind")
                    ),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
