"""What was delivered (leverancer), and the meetings with suppliers about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.deliveries.core.codes import MeetingStatus, Source


@tracked
class Delivery(UnitScopedModel):
    """How much of a service a citizen got in a month (leverance), in the service's own unit.

    What was delivered is told by the supplier, or noted by a caseworker; a month has one number a service line.
    """

    service_line = models.ForeignKey(
        "grants.ServiceLine", on_delete=models.CASCADE, related_name="+", verbose_name="bevillingsydelse"
    )
    month = models.DateField("måned")
    quantity = models.DecimalField("leveret", max_digits=14, decimal_places=4)
    source = models.CharField("kilde", max_length=20, choices=Source.choices())
    note = models.CharField("bemærkning", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "leverance"
        verbose_name_plural = "leverancer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service_line", "month"], name="delivery_once_a_month"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="delivery_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="delivery_month_is_first_day"),
            models.CheckConstraint(condition=Q(source__in=Source.values()), name="delivery_source_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "month"], name="delivery_by_month")]


@tracked
class SupplierMeeting(TenantModel):
    """A follow-up meeting with a supplier (opfølgningsmøde): agenda, minutes, what was agreed. It names no citizen."""

    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="+", verbose_name="leverandør"
    )
    held_on = models.DateField("dato")
    status = models.CharField("status", max_length=20, choices=MeetingStatus.choices(), default=MeetingStatus.PLANNED)
    participants = models.CharField("deltagere", max_length=300, blank=True, default="")
    agenda = models.TextField("dagsorden", blank=True, default="", max_length=10_000)
    minutes = models.TextField("referat", blank=True, default="", max_length=20_000)
    called_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="indkaldt af")

    class Meta:
        verbose_name = "leverandørmøde"
        verbose_name_plural = "leverandørmøder"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values()), name="meeting_status_known"),
            models.CheckConstraint(condition=Q(status="planned") | ~Q(minutes=""), name="meeting_held_has_minutes"),
        ]
        indexes: ClassVar = [models.Index(fields=["supplier", "-held_on"], name="meeting_of_supplier")]


@tracked
class MeetingAction(TenantModel):
    """Something agreed at a meeting (aftalt handling): who does what until when."""

    meeting = models.ForeignKey(SupplierMeeting, on_delete=models.CASCADE, related_name="actions", verbose_name="møde")
    what = models.CharField("handling", max_length=300)
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig")
    due_on = models.DateField("frist")
    done_on = models.DateField("udført", null=True, blank=True)

    class Meta:
        verbose_name = "aftalt handling"
        verbose_name_plural = "aftalte handlinger"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="meeting_action_says_what"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="meeting_action_open"),
        ]
