"""What belongs to a person at the pages: saved filters, notices, the daily mail, and the calendar's secret address."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.workspace.core.noticing import NoticeKind


@tracked
class SavedFilter(TenantModel):
    """A list's filter under a name (gemt filter): the person's own, or shared with a unit (None: with everybody).

    `query` is the list's address after the question mark, as its filter form writes it: names are sealed in it.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    page = models.CharField("liste", max_length=60)
    name = models.CharField("navn", max_length=80)
    query = models.CharField("filter", max_length=2000)
    shared = models.BooleanField("delt", default=False)
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.CASCADE, null=True, related_name="+", verbose_name="delt med enhed"
    )
    made_at = models.DateTimeField("gemt")

    class Meta:
        verbose_name = "gemt filter"
        verbose_name_plural = "gemte filtre"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_name_unique"),
            models.CheckConstraint(condition=Q(shared=True) | Q(unit__isnull=True), name="saved_filter_unit_if_shared"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "page"], name="saved_filter_by_page")]


@tracked
class Notice(TenantModel):
    """Something that happened to a person's cases (besked). `text` holds ids and no names; `key` makes it tell once."""

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="modtager")
    kind = models.CharField("slags", max_length=30, choices=[(kind.value, kind.danish) for kind in NoticeKind])
    subject_id = models.UUIDField("om")
    text = models.CharField("besked", max_length=300)
    key = models.CharField("nøgle", max_length=120)
    happened_at = models.DateTimeField("tidspunkt")
    read_at = models.DateTimeField("læst", null=True)

    class Meta:
        verbose_name = "besked"
        verbose_name_plural = "beskeder"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="notice_told_once")]
        indexes: ClassVar = [
            models.Index(fields=["user", "-happened_at"], name="notice_by_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]


@tracked
class MailChoice(TenantModel):
    """Whether and where a person gets the daily mail (mailvalg); `sent_on` is the day of the latest."""

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    address = models.EmailField("mailadresse", blank=True, default="")
    daily = models.BooleanField("daglig mail", default=False)
    sent_on = models.DateField("senest sendt", null=True)

    class Meta:
        verbose_name = "mailvalg"
        verbose_name_plural = "mailvalg"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(daily=False) | ~Q(address=""), name="mail_choice_has_address")
        ]


@tracked_except("secret_hash")
class CalendarFeed(TenantModel):
    """A person's secret address for a calendar program (kalenderabonnement); only the secret's hash is kept."""

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    secret_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField("oprettet")
    fetched_on = models.DateField("senest hentet", null=True)

    class Meta:
        verbose_name = "kalenderabonnement"
        verbose_name_plural = "kalenderabonnementer"


@tracked
class HandOver(TenantModel):
    """That everything somebody kept was handed over (overdragelse), in one act: from whom, to whom, by whom, how much.

    `counts` is how many of each kind went over, and `kept` how many could not, with why.
    """

    from_user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="fra")
    to_user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="til")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="overdraget af")
    at = models.DateTimeField("tidspunkt")
    counts = models.JSONField("overdraget", default=dict)
    kept = models.JSONField("ikke overdraget", default=dict)

    class Meta:
        verbose_name = "overdragelse"
        verbose_name_plural = "overdragelser"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_user=models.F("to_user")), name="hand_over_to_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-at"], name="hand_over_by_time")]
