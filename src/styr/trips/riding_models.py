"""What is ordered and what comes of it: changes to standing rides, orders, attendance and complaints.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked, tracked_except
from styr.trips.core.codes import ChangeKind, ComplaintKind, ComplaintStatus, OrderKind
from styr.trips.trip_models import Trip
from styr.trips.unit_models import MaybeUnit


@tracked_except("content")
class RideOrder(TenantModel):
    """What an operator was told to drive (bestilling): a month's standing rides once, and changes to them after.

    Numbered without gaps over the municipality; `content` is the file, encrypted, and `seal` a SHA-256 over the
    number, the file and the seal before it, so that none can be taken out or changed unseen.
    """

    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, related_name="+", verbose_name="operatør"
    )
    number = models.IntegerField("nummer")
    kind = models.CharField("art", max_length=20, choices=OrderKind.choices())
    month = models.DateField("måned")
    made_at = models.DateTimeField("lavet")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="lavet af")
    lines = models.IntegerField("linjer")
    content = models.BinaryField("fil, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    seal = models.CharField("segl", max_length=64)
    fetched_at = models.DateTimeField("hentet", null=True)

    class Meta:
        verbose_name = "bestilling"
        verbose_name_plural = "bestillinger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="ride_order_number"),
            models.UniqueConstraint(
                fields=["operator", "month"], condition=Q(kind="standing"), name="ride_order_month_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=OrderKind.values()), name="ride_order_kind_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="ride_order_month_is_first_day"),
            models.CheckConstraint(condition=Q(number__gt=0, lines__gte=0), name="ride_order_counts"),
        ]


@tracked
class RideChange(UnitScopedModel):
    """Days on which a citizen does not ride as granted (ændring), told by an institution or a parent.

    `order` is the change sheet that told the operator; empty until it has gone out, and then never another.
    """

    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    kind = models.CharField("ændring", max_length=20, choices=ChangeKind.choices())
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)")
    note = models.CharField("bemærkning", max_length=200, blank=True, default="")
    noted_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="noteret af")
    noted_at = models.DateTimeField("noteret")
    order = models.ForeignKey(
        RideOrder, on_delete=models.PROTECT, null=True, related_name="changes", verbose_name="bestilling"
    )

    class Meta:
        verbose_name = "ændring af kørsel"
        verbose_name_plural = "ændringer af kørsel"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values()), name="ride_change_kind_known"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="ride_change_has_days"),
            models.UniqueConstraint(fields=["grant", "kind", "starts", "ends"], name="ride_change_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "starts"], name="ride_change_by_day")]


@tracked
class Attendance(UnitScopedModel):
    """Whether a citizen came on a day (fremmøde), as the school or the offer says."""

    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    day = models.DateField("dag")
    present = models.BooleanField("mødt")

    class Meta:
        verbose_name = "fremmøde"
        verbose_name_plural = "fremmøder"
        constraints: ClassVar = [models.UniqueConstraint(fields=["grant", "day"], name="attendance_once_a_day")]


@tracked
class Complaint(MaybeUnit):
    """A complaint about a ride (klage), and what came of it."""

    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="operatør"
    )
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="borger"
    )
    trip = models.ForeignKey(Trip, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="tur")
    kind = models.CharField("om", max_length=20, choices=ComplaintKind.choices())
    happened_on = models.DateField("dag")
    minutes = models.IntegerField("minutter", null=True)
    text = models.CharField("hvad skete der", max_length=2000)
    status = models.CharField(
        "status", max_length=20, choices=ComplaintStatus.choices(), default=ComplaintStatus.OPEN.value
    )
    answer = models.CharField("svar", max_length=2000, blank=True, default="")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="noteret af")
    made_at = models.DateTimeField("noteret")
    closed_at = models.DateTimeField("afsluttet", null=True)

    class Meta:
        verbose_name = "klage over kørsel"
        verbose_name_plural = "klager over kørsel"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ComplaintKind.values()), name="complaint_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ComplaintStatus.values()), name="complaint_status_known"),
            models.CheckConstraint(condition=~Q(text=""), name="complaint_says_what"),
            models.CheckConstraint(
                condition=~Q(status="closed") | (~Q(answer="") & Q(closed_at__isnull=False)),
                name="complaint_closed_with_answer",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(0, 1440)), name="complaint_minutes_sane"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["operator", "-happened_on"], name="complaint_of_operator")]
