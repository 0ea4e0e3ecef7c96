"""Payment files (betalingsfiler): what we tell the finance system to pay, and what it answers.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.ledger.core.codes import LineState
from styr.ledger.paid_models import MaybeUnit


@tracked_except("content", "vouchers")
class PaymentFile(TenantModel):
    """The payment file of one bank day, numbered without gaps; its bytes and their seal are never changed.

    `content` is the file and `vouchers` the posting vouchers that belong to it, both encrypted; `seal` is a SHA-256
    over the number, the day, both files and the seal of the file before: none can be taken out or changed unseen.
    `layout` is the data of the layout it was written in, which its answer is read with; empty is our own.
    """

    number = models.IntegerField("nummer")
    bank_day = models.DateField("bankdag")
    made_at = models.DateTimeField("lavet")
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="lavet af"
    )
    lines = models.IntegerField("linjer")
    amount_ore = models.BigIntegerField("beløb i øre")
    content = models.BinaryField("betalingsfil, krypteret")
    vouchers = models.BinaryField("posteringsbilag, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    seal = models.CharField("segl", max_length=64)
    layout = models.JSONField("layout", default=dict, db_default={}, encoder=DjangoJSONEncoder)
    fetched_at = models.DateTimeField("hentet", null=True)
    acknowledged_at = models.DateTimeField("kvitteret", null=True)

    class Meta:
        verbose_name = "betalingsfil"
        verbose_name_plural = "betalingsfiler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="payment_file_number"),
            models.UniqueConstraint(fields=["municipality", "bank_day"], name="payment_file_one_a_day"),
            models.CheckConstraint(condition=Q(number__gt=0, lines__gte=0), name="payment_file_counts"),
        ]


@tracked
class PaymentLine(MaybeUnit):
    """An invoice in a payment file (betalingslinje): in one only, until a refused line is released to be sent again."""

    file = models.ForeignKey(PaymentFile, on_delete=models.PROTECT, related_name="payments", verbose_name="fil")
    line_no = models.IntegerField("linje")
    invoice = models.ForeignKey("invoices.Invoice", on_delete=models.PROTECT, related_name="+", verbose_name="faktura")
    amount_ore = models.BigIntegerField("beløb i øre")
    account = models.CharField("betalingskonto", max_length=60, blank=True, default="")
    state = models.CharField("tilstand", max_length=10, choices=LineState.choices(), default=LineState.SENT.value)
    reason = models.CharField("årsag", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "betalingslinje"
        verbose_name_plural = "betalingslinjer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "line_no"], name="payment_line_number"),
            models.UniqueConstraint(
                fields=["invoice"], condition=~Q(state=LineState.RELEASED.value), name="payment_line_never_twice"
            ),
            models.CheckConstraint(condition=Q(state__in=LineState.values()), name="payment_line_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[LineState.REFUSED.value, LineState.RELEASED.value]) | ~Q(reason=""),
                name="payment_line_refused_has_reason",
            ),
        ]
