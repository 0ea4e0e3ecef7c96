"""What the finance system has paid for our invoices, as far as it was noted on them.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked


class MaybeUnit(UnitScopedModel):
    """A row whose unit may be unknown: neither a grant, nor a citizen, nor a cost centre tells it."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True


@tracked
class InvoicePayment(MaybeUnit):
    """That an invoice has been paid (betaling): postings for all of it have come. Noted once, with what it was."""

    invoice = models.OneToOneField(
        "invoices.Invoice", on_delete=models.PROTECT, related_name="+", verbose_name="faktura"
    )
    paid_on = models.DateField("betalt")
    posted_ore = models.BigIntegerField("bogført i øre")
    status_before = models.CharField("status før", max_length=12, blank=True, default="")
    noted_at = models.DateTimeField("noteret")

    class Meta:
        verbose_name = "betaling"
        verbose_name_plural = "betalinger"


@tracked
class PaidPart(UnitScopedModel):
    """What of a paid claim belongs to one month of a service (betalt del), in øre; a credit note's is negative."""

    payment = models.ForeignKey(InvoicePayment, on_delete=models.CASCADE, related_name="parts", verbose_name="betaling")
    origin_id = models.UUIDField("fakturaen, eller den der krediteres")
    grant = models.ForeignKey("grants.Grant", on_delete=models.PROTECT, related_name="+", verbose_name="bevilling")
    service_line = models.ForeignKey(
        "grants.ServiceLine", on_delete=models.PROTECT, related_name="+", verbose_name="bevillingsydelse"
    )
    month = models.DateField("måned")
    first_day = models.DateField("fra")
    end_day = models.DateField("til (eksklusiv)")
    amount_ore = models.BigIntegerField("beløb i øre")

    class Meta:
        verbose_name = "betalt del"
        verbose_name_plural = "betalte dele"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(month__day=1), name="paid_part_month_is_a_month"),
            models.CheckConstraint(condition=Q(first_day__lt=F("end_day")), name="paid_part_has_days"),
            models.CheckConstraint(condition=Q(first_day__gte=F("month")), name="paid_part_in_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["service_line", "month"], name="paid_part_month")]


@tracked
class RecordedMonth(UnitScopedModel):
    """That a month was told paid in full because of payments noted here; only such a month can be taken back."""

    service_line = models.ForeignKey(
        "grants.ServiceLine", on_delete=models.PROTECT, related_name="+", verbose_name="bevillingsydelse"
    )
    month = models.DateField("måned")
    amount_ore = models.BigIntegerField("beløb i øre")
    noted_at = models.DateTimeField("noteret")

    class Meta:
        verbose_name = "måned, betalt ifølge regnskabet"
        verbose_name_plural = "måneder, betalt ifølge regnskabet"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service_line", "month"], name="recorded_month_once"),
        ]
