"""The cost mapping: what was told of each area and operator kind, and where the postings of an area are booked."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.transport.core.codes import OperatorKind
from styr.transport.ranges import DateRange, MaybeUnit, positive
from styr.transport.register_models import Area


@tracked
class CostCell(TenantModel):
    """What a year's transport of an area by a kind of operator cost, as told, øre; null is "Ikke estimeret".

    `admin_ore` is how much of it is administration, null where nobody tells.
    """

    year = models.IntegerField("år")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="område")
    operator_kind = models.CharField("operatør", max_length=20, choices=OperatorKind.choices())
    amount_ore = models.BigIntegerField("beløb i øre", null=True, blank=True)
    admin_ore = models.BigIntegerField("heraf administration i øre", null=True, blank=True)

    class Meta:
        verbose_name = "kortlagt udgift"
        verbose_name_plural = "kortlagte udgifter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year", "area", "operator_kind"], name="cost_cell_once"),
            models.CheckConstraint(condition=Q(operator_kind__in=OperatorKind.values()), name="cost_cell_kind_known"),
            models.CheckConstraint(condition=Q(year__range=(2007, 2199)), name="cost_cell_year"),
        ]


@tracked
class AreaAccount(TenantModel):
    """Postings whose account string begins so are an area's; the longest that fits counts.

    Whose the cost is follows from the posting's supplier; `operator_kind` says it where there is none (own cars,
    reimbursement). `is_admin` marks an account that holds nothing but administration.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="accounts", verbose_name="område")
    prefix = models.CharField("kontostrengens første cifre", max_length=16)
    operator_kind = models.CharField(
        "operatør uden leverandør", max_length=20, choices=OperatorKind.choices(), blank=True, default=""
    )
    is_admin = models.BooleanField("kun administration", default=False)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "områdets konto"
        verbose_name_plural = "områdernes konti"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(prefix__regex=r"^[0-9]{1,16}$"), name="area_account_digits"),
            models.CheckConstraint(
                condition=Q(operator_kind="") | Q(operator_kind__in=OperatorKind.values()), name="area_account_kind"
            ),
            positive("area_account_positive"),
            models.UniqueConstraint(fields=["municipality", "prefix", "valid_from"], name="area_account_once"),
            ExclusionConstraint(
                name="area_account_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("municipality", "prefix")),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]


class PostingSum(MaybeUnit):
    """The postings of a month, account, supplier and unit added up, kept by the database with every posting written."""

    month = models.DateField("måned")
    account_string = models.CharField("kontostreng", max_length=16)
    supplier_id = models.UUIDField("leverandør", null=True)
    amount_ore = models.BigIntegerField("beløb i øre")
    postings = models.BigIntegerField("posteringer")

    class Meta:
        verbose_name = "sum af posteringer"
        verbose_name_plural = "summer af posteringer"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "month", "account_string", "supplier_id", "unit"],
                name="posting_sum_once",
                nulls_distinct=False,
            ),
        ]
