"""New prices of contracts that wait for somebody whose limit reaches what the grants then cost.

`models` gives this name on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.grants.core.codes import PriceAnswer


@tracked
class PriceRequest(TenantModel):
    """A new price of a contract line (kr. per unit from a day) that somebody asks to be approved, and what came of it.

    `grant_ids` are the grants that it makes dearer than they are approved for, `dearest_ore` what the dearest of them
    then costs on twelve months. Whoever asks does not answer: they may only take it back.
    """

    contract_line = models.ForeignKey(
        "contracts.ContractLine", on_delete=models.PROTECT, related_name="+", verbose_name="kontraktlinje"
    )
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="enhed")
    valid_from = models.DateField("gyldig fra")
    amount = models.DecimalField("pris", max_digits=14, decimal_places=4)
    grant_ids = ArrayField(models.UUIDField(), verbose_name="bevillinger")
    dearest_ore = models.BigIntegerField("dyreste år i øre")
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="bedt om af")
    asked_at = models.DateTimeField("bedt om")
    answer = models.CharField("svar", max_length=10, choices=PriceAnswer.choices(), default=PriceAnswer.WAITING)
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="besvaret af"
    )
    answered_at = models.DateTimeField("besvaret", null=True)
    reason = models.TextField("begrundelse", blank=True, default="")

    class Meta:
        verbose_name = "prisændring til godkendelse"
        verbose_name_plural = "prisændringer til godkendelse"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract_line"], condition=Q(answer="waiting"), name="price_request_one_waits"
            ),
            models.CheckConstraint(condition=Q(answer__in=PriceAnswer.values()), name="price_request_answer_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_request_not_negative"),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_by__isnull=True, answered_at__isnull=True)
                | Q(~Q(answer="waiting"), answered_by__isnull=False, answered_at__isnull=False),
                name="price_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["approved", "refused"]) | ~Q(answered_by=F("asked_by")),
                name="price_request_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(reason=""), name="price_request_refused_with_reason"
            ),
        ]
