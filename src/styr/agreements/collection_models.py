"""The collection drive: a case for each supplier that is paid without a contract in the register. No citizens' data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.agreements.core.codes import CollectionState, MailState, StepKind
from styr.audit.track import tracked

_CLOSED = CollectionState.CLOSED.value


@tracked
class CollectionCase(TenantModel):
    """The search for a supplier's contracts (indsamlingssag); `due_on` is when the supplier should have answered."""

    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="+", verbose_name="leverandør"
    )
    state = models.CharField("tilstand", max_length=12, choices=CollectionState.choices(), default="open")
    owner = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ansvarlig"
    )
    opened_at = models.DateTimeField("oprettet")
    due_on = models.DateField("svarfrist", null=True)
    closed_at = models.DateTimeField("afsluttet", null=True)
    email = models.EmailField("leverandørens mailadresse", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "indsamlingssag"
        verbose_name_plural = "indsamlingssager"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "supplier"], condition=~Q(state=_CLOSED), name="collection_one_open_a_supplier"
            ),
            models.CheckConstraint(
                condition=Q(state=_CLOSED, closed_at__isnull=False) | ~Q(state=_CLOSED) & Q(closed_at__isnull=True),
                name="collection_closed_when_closed",
            ),
            models.CheckConstraint(condition=Q(state__in=CollectionState.values()), name="collection_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "state", "due_on"], name="collection_due")]


@tracked
class CollectionStep(TenantModel):
    """Something done in a case: a letter sent, a file received, a note. Letters name grants by number, no citizens."""

    case = models.ForeignKey(CollectionCase, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("hvad", max_length=12, choices=StepKind.choices())
    at = models.DateTimeField("hvornår")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="af")
    text = models.TextField("tekst", blank=True, default="", max_length=6_000)
    recipient = models.EmailField("sendt til", max_length=200, blank=True, default="")
    mail = models.CharField("mail", max_length=12, choices=MailState.choices(), blank=True, default="")

    class Meta:
        verbose_name = "trin i indsamling"
        verbose_name_plural = "trin i indsamling"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values()), name="collection_step_kind_known"),
            models.CheckConstraint(
                condition=Q(mail="") | Q(mail__in=MailState.values()) & ~Q(recipient=""),
                name="collection_step_mail_has_recipient",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-at"], name="collection_step_latest")]
