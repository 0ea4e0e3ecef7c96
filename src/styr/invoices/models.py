"""Invoices: the documents as they came, what they say, which grants they are for, and what became of them.

A document, its invoice, lines, keys and findings are written together and never changed; `LineMatch` and `Claim` are
worked out anew whenever something they rest on changes; decisions and queries are people's (or the control's) acts.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.audit.track import tracked, tracked_except
from styr.invoices.case_models import FollowUp, InvoiceLook, ManualMatch, MaybeUnit, Question
from styr.invoices.core.codes import Decided, QueryState, Status, Step, Verdict, Waiting
from styr.invoices.core.einvoice.model import Format, Kind

__all__ = [
    "Claim",
    "Decision",
    "Document",
    "DocumentFinding",
    "FollowUp",
    "Invoice",
    "InvoiceKey",
    "InvoiceLine",
    "InvoiceLook",
    "LineMatch",
    "ManualMatch",
    "Question",
    "SupplierQuery",
]


def _choices(codes: type[Status | Step | Decided | QueryState | Waiting]) -> list[tuple[str, str]]:
    return [(code.value, code.danish) for code in codes]


_MAY_WAIT = (Status.RECEIVED, Status.READY, Status.DEVIATING)


@tracked_except("content")
class Document(MaybeUnit):
    """A file as it came (bilag), encrypted. `error_code` is set where it gave no invoice; it is kept all the same."""

    sha256 = models.CharField("kontrolsum", max_length=64)
    filename = models.CharField("filnavn", max_length=255)
    content = models.BinaryField("indhold, krypteret")
    size = models.PositiveIntegerField("bytes")
    error_code = models.CharField("fejlkode", max_length=40, blank=True, default="")
    error_message = models.TextField("fejl", blank=True, default="")
    import_file_id = models.UUIDField("importfil", null=True)
    received_at = models.DateTimeField("modtaget")

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="document_sha256_unique")
        ]


@tracked
class Invoice(MaybeUnit):
    """An invoice (faktura) or credit note (kreditnota); amounts in øre, a credit note's are negative."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="invoice", verbose_name="bilag")
    format = models.CharField("format", max_length=10, choices=[(form.value, form.value) for form in Format])
    kind = models.CharField("art", max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    supplier_cvr = models.CharField("leverandørens CVR", max_length=20, blank=True, default="")
    supplier_name = models.CharField("leverandørens navn", max_length=200, blank=True, default="")
    number = models.CharField("fakturanummer", max_length=100, blank=True, default="")
    issue_date = models.DateField("udstedt", null=True)
    due_date = models.DateField("forfald", null=True)
    currency = models.CharField("valuta", max_length=3, blank=True, default="")
    net_ore = models.BigIntegerField("beløb før moms i øre")
    tax_ore = models.BigIntegerField("moms i øre")
    payable_ore = models.BigIntegerField("at betale i øre")
    buyer_ean = models.CharField("købers EAN", max_length=20, blank=True, default="")
    payee_account = models.CharField("betalingskonto", max_length=60, blank=True, default="")
    order_reference = models.CharField("ordrereference", max_length=200, blank=True, default="")
    credits_number = models.CharField("krediterer faktura", max_length=100, blank=True, default="")
    status = models.CharField("status", max_length=12, choices=_choices(Status), default=Status.RECEIVED.value)
    waits_for = models.CharField(
        "venter på",
        max_length=12,
        choices=_choices(Waiting),
        blank=True,
        default=Waiting.NOBODY.value,
        db_default=Waiting.NOBODY.value,  # documents are stored by statements that do not name it
    )
    received_at = models.DateTimeField("modtaget")

    class Meta:
        verbose_name = "faktura"
        verbose_name_plural = "fakturaer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]), name="invoice_status_known"
            ),
            models.CheckConstraint(
                condition=Q(waits_for__in=[waiting.value for waiting in Waiting]), name="invoice_waiting_known"
            ),
            models.CheckConstraint(
                condition=Q(waits_for="") | Q(status__in=[one.value for one in _MAY_WAIT]),
                name="invoice_waiting_undecided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "supplier_cvr", "number"], name="invoice_by_number"),
            models.Index(fields=["municipality", "status", "-issue_date"], name="invoice_by_status"),
            models.Index(fields=["municipality", "due_date", "id"], name="invoice_by_due"),
            models.Index(fields=["municipality", "status", "waits_for", "due_date", "id"], name="invoice_queue"),
            models.Index(fields=["municipality", "status", "waits_for", "-payable_ore", "id"], name="invoice_dearest"),
        ]


@tracked
class InvoiceLine(MaybeUnit):
    """What a line says in terms that can be compared; its text stays in the document, since it may name a citizen."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines", verbose_name="faktura")
    line_no = models.IntegerField("linje")
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4, null=True)
    measure = models.CharField("enhed", max_length=20, blank=True, default="")
    unit_price = models.DecimalField("enhedspris i kr.", max_digits=14, decimal_places=4, null=True)
    net_ore = models.BigIntegerField("beløb i øre")
    period_start = models.DateField("fra", null=True)
    period_end = models.DateField("til (eksklusiv)", null=True)
    other_start = models.DateField("eller fra", null=True)
    other_end = models.DateField("eller til (eksklusiv)", null=True)
    service = models.CharField("ydelse", max_length=40, blank=True, default="")
    service_other = models.CharField("anden mulig ydelse", max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "fakturalinje"
        verbose_name_plural = "fakturalinjer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["invoice", "line_no"], name="invoice_line_unique")]


@tracked
class InvoiceKey(MaybeUnit):
    """A key to a grant with its place (nøgle). CPR numbers and names are keyed hashes, never in clear."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="keys", verbose_name="faktura")
    line = models.ForeignKey(
        InvoiceLine, on_delete=models.CASCADE, null=True, related_name="keys", verbose_name="linje"
    )
    kind = models.CharField("art", max_length=20)
    value = models.CharField("værdi", max_length=64)
    place = models.CharField("sted", max_length=30)

    class Meta:
        verbose_name = "nøgle"
        verbose_name_plural = "nøgler"
        indexes: ClassVar = [models.Index(fields=["municipality", "kind", "value"], name="invoice_key_by_value")]


@tracked
class DocumentFinding(MaybeUnit):
    """A fault in the document itself (formatfejl), with the official rule's id; found when it was read."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="findings", verbose_name="faktura")
    finding_no = models.IntegerField("nummer")
    code = models.CharField("regel", max_length=60)
    severity = models.CharField("alvor", max_length=10)
    message = models.TextField("forklaring")

    class Meta:
        verbose_name = "dokumentfejl"
        verbose_name_plural = "dokumentfejl"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "finding_no"], name="document_finding_unique")
        ]


@tracked
class LineMatch(MaybeUnit):
    """Which grant and service a line is for, and by which step of the waterfall it was found (match)."""

    line = models.OneToOneField(
        InvoiceLine, on_delete=models.CASCADE, primary_key=False, related_name="match", verbose_name="linje"
    )
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="matches", verbose_name="faktura")
    grant_id = models.UUIDField("bevilling", null=True)
    service_id = models.UUIDField("bevillingsydelse", null=True)
    contract_id = models.UUIDField("kontrakt", null=True)
    step = models.CharField("fundet ved", max_length=20, choices=_choices(Step))
    candidates = models.BigIntegerField("mulige bevillinger")
    contradicted = models.BooleanField("nøgler peger på flere borgere")
    fit = models.IntegerField("lighed med ydelsen")
    doubtful = models.BooleanField("hverken tekst eller pris taler for ydelsen")

    class Meta:
        verbose_name = "match"
        verbose_name_plural = "match"
        indexes: ClassVar = [
            models.Index(fields=["municipality", "grant_id"], name="line_match_by_grant"),
            models.Index(fields=["municipality", "service_id"], name="line_match_by_service"),
        ]


@tracked
class Claim(MaybeUnit):
    """The lines of one invoice for one service and period (krav), compared with what was expected of that period."""

    line = models.OneToOneField(
        InvoiceLine, on_delete=models.CASCADE, related_name="claim", verbose_name="første linje"
    )
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="claims", verbose_name="faktura")
    grant_id = models.UUIDField("bevilling", null=True)
    service_id = models.UUIDField("bevillingsydelse", null=True)
    period_start = models.DateField("fra", null=True)
    period_end = models.DateField("til (eksklusiv)", null=True)
    lines = models.BigIntegerField("linjer")
    quantity = models.DecimalField("antal", max_digits=18, decimal_places=4, null=True)
    lowest_price = models.DecimalField("laveste enhedspris i kr.", max_digits=14, decimal_places=4, null=True)
    highest_price = models.DecimalField("højeste enhedspris i kr.", max_digits=14, decimal_places=4, null=True)
    claimed_ore = models.BigIntegerField("krævet i øre")
    verdict = models.CharField("vurdering", max_length=30, choices=[(one.value, one.value) for one in Verdict])
    expected_quantity = models.DecimalField("forventet antal", max_digits=18, decimal_places=4, null=True)
    expected_ore = models.BigIntegerField("forventet i øre", null=True)
    expected_price = models.DecimalField("forventet enhedspris i kr.", max_digits=18, decimal_places=4, null=True)
    absent_days = models.DecimalField("fravær", max_digits=18, decimal_places=4, null=True)
    difference_ore = models.BigIntegerField("forskel i øre", null=True)
    other_invoice_id = models.UUIDField("overlappende faktura", null=True)
    already_paid = models.BooleanField("allerede betalt")

    class Meta:
        verbose_name = "krav"
        verbose_name_plural = "krav"
        indexes: ClassVar = [
            models.Index(fields=["municipality", "service_id", "period_start"], name="claim_by_service")
        ]


@tracked
class Decision(MaybeUnit):
    """What was decided about an invoice (afgørelse): by whom, when and why. Without a person: by the control.

    `grounds` are the findings as they stood, so that a rejected invoice still tells what was wrong with it; `undoes` is
    the decision that this one takes back, `status_before` and `waits_before` what it changed.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="decisions", verbose_name="faktura")
    outcome = models.CharField("afgørelse", max_length=12, choices=_choices(Decided))
    reason = models.TextField("begrundelse")
    grounds = models.JSONField("afvigelser ved afgørelsen", default=list)
    status_before = models.CharField("status før", max_length=12, blank=True, default="")
    waits_before = models.CharField("ventede på før", max_length=12, blank=True, default="")
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by", verbose_name="fortryder"
    )
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afgjort af"
    )
    decided_at = models.DateTimeField("afgjort")

    class Meta:
        verbose_name = "fakturaafgørelse"
        verbose_name_plural = "fakturaafgørelser"
        indexes: ClassVar = [models.Index(fields=["invoice", "decided_at"], name="decision_of_invoice")]


@tracked
class SupplierQuery(MaybeUnit):
    """A query to the supplier about an invoice (henvendelse): drafted by us, sent by a person, answered or not."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="queries", verbose_name="faktura")
    exception_code = models.CharField("afvigelse", max_length=30)
    subject = models.CharField("emne", max_length=200)
    body = models.TextField("tekst")
    recipient = models.EmailField("modtager", blank=True, default="")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="letters", verbose_name="afgørelse"
    )
    state = models.CharField("tilstand", max_length=12, choices=_choices(QueryState), default=QueryState.DRAFT.value)
    drafted_at = models.DateTimeField("skrevet")
    sent_at = models.DateTimeField("sendt", null=True)
    sent_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sendt af"
    )
    answered_at = models.DateTimeField("besvaret", null=True)

    class Meta:
        verbose_name = "henvendelse"
        verbose_name_plural = "henvendelser"
