"""Findings, what people decided about them, and when the controls ran.

Subjects are of many kinds and live in domains above this one, so they are plain ids here, without foreign keys.
"""

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.controls.core.registry import OwnerRole, Severity, SubjectKind
from styr.controls.core.verdict import Status, Verdict

_OPEN = Q(status=Status.OPEN.value)


@tracked()
class Finding(TenantModel):
    """A subject that breaks a control (afvigelse). The control's code and the subject are its identity for ever.

    `last_seen` is the run that last wrote the row: a finding that a later run confirms unchanged is not written again.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    control_code = models.CharField("kontrol", max_length=60)
    subject_kind = models.CharField(
        "vedrører", max_length=20, choices=[(kind.value, kind.value) for kind in SubjectKind]
    )
    subject_id = models.UUIDField()
    citizen_id = models.UUIDField(null=True)
    supplier_id = models.UUIDField(null=True)
    grant_id = models.UUIDField(null=True)
    contract_id = models.UUIDField(null=True)
    invoice_id = models.UUIDField(null=True)
    severity = models.CharField("alvor", max_length=10, choices=[(one.value, one.value) for one in Severity])
    hard_stop = models.BooleanField("stopper betaling")
    exception_code = models.CharField("fakturaafvigelse", max_length=30, blank=True)
    owner_role = models.CharField("ejer", max_length=40, choices=[(role.value, role.danish) for role in OwnerRole])
    amount_ore = models.BigIntegerField("beløb i øre", null=True)
    evidence = models.JSONField("grundlag")
    fingerprint = models.CharField(max_length=32)
    decided_fingerprint = models.CharField(max_length=32, blank=True)
    status = models.CharField("status", max_length=10, choices=[(one.value, one.danish) for one in Status])
    first_seen = models.DateTimeField("først set")
    last_seen = models.DateTimeField("senest ændret")
    closed_at = models.DateTimeField("lukket", null=True)

    class Meta:
        verbose_name = "afvigelse"
        verbose_name_plural = "afvigelser"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "control_code", "subject_id"], name="finding_identity"),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED.value, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED.value) & Q(closed_at__isnull=True)),
                name="finding_closed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "status", "-amount_ore"], name="finding_by_amount"),
            models.Index(fields=["municipality", "grant_id"], name="finding_by_grant"),
            models.Index(fields=["municipality", "contract_id"], name="finding_by_contract"),
            models.Index(fields=["municipality", "invoice_id"], name="finding_by_invoice"),
            models.Index(fields=["municipality", "citizen_id"], name="finding_by_citizen"),
            # What pages ask about are the open ones, and few of those are lapsed, stop payment or name an invoice.
            models.Index(
                F("municipality"), F("amount_ore").desc(nulls_last=True), F("first_seen"), F("id"),
                name="finding_costliest", condition=_OPEN,
            ),
            models.Index(fields=["municipality", "supplier_id"], name="finding_by_supplier", condition=_OPEN),
            models.Index(fields=["municipality"], name="finding_stops", condition=_OPEN & Q(hard_stop=True)),
            models.Index(fields=["municipality"], name="finding_lapsed", condition=_OPEN & ~Q(decided_fingerprint="")),
            models.Index(
                fields=["invoice_id"], name="finding_open_invoice", condition=_OPEN & Q(invoice_id__isnull=False)
            ),
        ]  # fmt: skip


@tracked()
class FindingDecision(TenantModel):
    """What a person decided about a finding (afgørelse), and on which evidence. Never changed, never deleted.

    It stands while the finding's fingerprint is the one it was taken on; after that it is shown as lapsed (bortfaldet).
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="decisions", verbose_name="afvigelse")
    verdict = models.CharField("afgørelse", max_length=10, choices=[(one.value, one.danish) for one in Verdict])
    reason = models.TextField("begrundelse")
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="afgjort af")
    decided_at = models.DateTimeField("afgjort")
    fingerprint = models.CharField(max_length=32)
    evidence = models.JSONField("grundlag ved afgørelsen")
    amount_ore = models.BigIntegerField("beløb i øre ved afgørelsen", null=True)

    class Meta:
        verbose_name = "afgørelse"
        verbose_name_plural = "afgørelser"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason")]
        indexes = [models.Index(fields=["finding", "-decided_at"], name="decision_by_finding")]


@tracked()
class FindingAssignment(TenantModel):
    """Who has been asked to settle a finding (hvem den er lagt hos); without one it lies with everybody in the role."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, related_name="assignment", verbose_name="afvigelse"
    )
    assignee = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="lagt hos")
    assigned_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="lagt af")
    assigned_at = models.DateTimeField("lagt den")

    class Meta:
        verbose_name = "fordelt afvigelse"
        verbose_name_plural = "fordelte afvigelser"
        indexes = [models.Index(fields=["municipality", "assignee"], name="assignment_by_person")]


@tracked()
class FindingNote(TenantModel):
    """What somebody wrote about a finding (notat): added, and never changed or removed."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="notes", verbose_name="afvigelse")
    text = models.TextField("notat")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "notat om afvigelse"
        verbose_name_plural = "notater om afvigelser"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="finding_note_has_text")]
        indexes = [models.Index(fields=["finding", "written_at"], name="note_by_finding")]


class OpenCount(TenantModel):
    """How many open findings there are of each kind, kept by the database as findings change (0008_open_counts.sql).

    Rows of one kind are added up: each change to findings adds a row with what it changed, and a whole run folds them.
    Derived from findings alone, so its own changes are not tracked; read through `rel_open_count`.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    control_code = models.CharField("kontrol", max_length=60)
    owner_role = models.CharField("ejer", max_length=40)
    severity = models.CharField("alvor", max_length=10)
    hard_stop = models.BooleanField("stopper betaling")
    supplier_id = models.UUIDField(null=True)
    findings = models.BigIntegerField("afvigelser")
    known = models.BigIntegerField("med kendt beløb")
    amount_ore = models.BigIntegerField("beløb i øre")

    class Meta:
        verbose_name = "antal åbne afvigelser"
        verbose_name_plural = "antal åbne afvigelser"


@tracked()
class ControlRun(TenantModel):
    """One run of controls (kørsel). `outcomes` has one object a control, see `core/report.py`."""

    started_at = models.DateTimeField("startet")
    asked_about = models.DateField("kontroldag")
    narrowed = models.BooleanField("kun ændringer")
    touched = models.IntegerField("berørte", null=True)
    outcomes = models.JSONField("resultat")
    failures = models.IntegerField("kontroller, der ikke kunne køre")
    seconds = models.FloatField("sekunder")

    class Meta:
        verbose_name = "kontrolkørsel"
        verbose_name_plural = "kontrolkørsler"
        indexes = [models.Index(fields=["municipality", "-started_at"], name="run_by_time")]
