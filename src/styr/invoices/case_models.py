"""What people do about an invoice: whom they ask, what they follow up, which grant they point out; and who looked.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.core.roles import Role
from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked
from styr.invoices.core.codes import FollowUpState, Recovery


class MaybeUnit(UnitScopedModel):
    """A row whose unit may be unknown: the buyer's EAN number is none of ours, and no grant has told yet."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True


@tracked
class Question(MaybeUnit):
    """A question (spørgsmål) about an invoice to a colleague, by role or by name, and the answer."""

    invoice = models.ForeignKey(
        "invoices.Invoice", on_delete=models.PROTECT, related_name="questions", verbose_name="faktura"
    )
    decision = models.OneToOneField(
        "invoices.Decision", on_delete=models.PROTECT, related_name="question", verbose_name="afgørelse"
    )
    to_role = models.CharField("til", max_length=40, choices=[(role.value, role.danish) for role in Role])
    text = models.TextField("spørgsmål")
    due_on = models.DateField("svar senest")
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="spurgt af")
    asked_at = models.DateTimeField("spurgt")
    answer = models.TextField("svar", blank=True, default="")
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="besvaret af"
    )
    answered_at = models.DateTimeField("besvaret", null=True)
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True)

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="question_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="question_answer_has_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "to_role", "answered_at"], name="question_by_role")]


@tracked
class FollowUp(MaybeUnit):
    """That a wrong invoice is followed (opfølgning) by its owner until it is settled; amounts in øre.

    `claimed_ore` is what was asked for too much; `recovered_ore` what came back or was never paid, with `evidence`.
    """

    invoice = models.ForeignKey(
        "invoices.Invoice", on_delete=models.PROTECT, related_name="follow_ups", verbose_name="faktura"
    )
    decision = models.ForeignKey(
        "invoices.Decision", on_delete=models.PROTECT, related_name="follow_ups", verbose_name="afgørelse"
    )
    exception_code = models.CharField("afvigelse", max_length=30, blank=True, default="")
    cause = models.TextField("årsag")
    claimed_ore = models.BigIntegerField("kræves tilbage i øre")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig")
    due_on = models.DateField("frist")
    state = models.CharField(
        "tilstand",
        max_length=10,
        choices=[(state.value, state.danish) for state in FollowUpState],
        default=FollowUpState.OPEN.value,
    )
    recovery = models.CharField(
        "resultat", max_length=20, choices=[(one.value, one.danish) for one in Recovery], blank=True, default=""
    )
    recovered_ore = models.BigIntegerField("hentet hjem i øre", default=0)
    evidence = models.TextField("dokumentation", blank=True, default="")
    evidence_invoice_id = models.UUIDField("kreditnota", null=True)
    opened_at = models.DateTimeField("oprettet")
    settled_at = models.DateTimeField("afsluttet", null=True)
    settled_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afsluttet af"
    )
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "opfølgning"
        verbose_name_plural = "opfølgninger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice"], condition=Q(state="open"), name="follow_up_one_open"),
            models.CheckConstraint(condition=Q(claimed_ore__gte=0, recovered_ore__gte=0), name="follow_up_amounts"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (Q(settled_at__isnull=False) & ~Q(state="open") & ~Q(evidence="")),
                name="follow_up_closed_has_evidence",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "state", "due_on"], name="follow_up_by_due"),
            models.Index(fields=["municipality", "owner", "state"], name="follow_up_by_owner"),
        ]


@tracked
class ManualMatch(MaybeUnit):
    """Which service a line is for, by a person's word (håndmatch); it stands over the waterfall until withdrawn."""

    invoice = models.ForeignKey(
        "invoices.Invoice", on_delete=models.CASCADE, related_name="manual_matches", verbose_name="faktura"
    )
    line = models.ForeignKey(
        "invoices.InvoiceLine", on_delete=models.CASCADE, related_name="manual_matches", verbose_name="linje"
    )
    grant_id = models.UUIDField("bevilling")
    service_id = models.UUIDField("bevillingsydelse", null=True)
    reason = models.TextField("begrundelse")
    matched_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="valgt af")
    matched_at = models.DateTimeField("valgt")
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True)
    withdrawn_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="trukket tilbage af"
    )

    class Meta:
        verbose_name = "match i hånden"
        verbose_name_plural = "match i hånden"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(withdrawn_at__isnull=True), name="manual_match_one_a_line"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="manual_match_has_reason"),
        ]


@tracked
class InvoiceLook(MaybeUnit):
    """That somebody opened an invoice, or fetched its document (opslag)."""

    invoice = models.ForeignKey(
        "invoices.Invoice", on_delete=models.CASCADE, related_name="looks", verbose_name="faktura"
    )
    looked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="hvem")
    what = models.CharField("hvad", max_length=40)
    looked_at = models.DateTimeField("hvornår")

    class Meta:
        verbose_name = "fakturaopslag"
        verbose_name_plural = "fakturaopslag"
        indexes: ClassVar = [models.Index(fields=["invoice", "-looked_at"], name="look_of_invoice")]
