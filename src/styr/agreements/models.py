"""Contracts as files: what came in, what was read there, and what people said of it. Texts and bytes are encrypted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.agreements.collection_models import CollectionCase as CollectionCase  # noqa: PLC0414 -- given on
from styr.agreements.collection_models import CollectionStep as CollectionStep  # noqa: PLC0414 -- given on
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.reading.document import Kind
from styr.agreements.core.review.reviewing import Verdict
from styr.audit.track import tracked, tracked_except

_UNDECIDED = FieldState.PROPOSED.value


@tracked_except("content", "text")
class AgreementDocument(TenantModel):
    """A contract's file (kontraktdokument) as it came; `text` is what was read in it, empty where nothing could be.

    `unit` and `contract` are those of the contract that it belongs to; without one the whole municipality sees it.
    While scanned pages are being read it is READING, and `text` holds the pages that had text already. `beginnings`
    tells where contracts begin when there are several; `taken_from` is the mail or the file that it is a part of.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kontrakt"
    )
    name = models.CharField("filnavn", max_length=255)
    sha256 = models.CharField("kontrolsum", max_length=64)
    size = models.IntegerField("bytes")
    kind = models.CharField("filtype", max_length=10, blank=True, default="")
    pages = models.IntegerField("sider", default=0)
    scanned = models.IntegerField("sider uden tekst", default=0)
    macros = models.BooleanField("makroer", default=False)
    state = models.CharField("tilstand", max_length=12, choices=DocumentState.choices())
    message = models.CharField("besked", max_length=300, blank=True, default="")
    playbook = models.CharField("vilkårshåndbogens version", max_length=20, blank=True, default="")
    content = models.BinaryField("indhold, krypteret")
    text = models.BinaryField("tekst, krypteret", null=True)
    language = models.CharField("andet sprog end dansk", max_length=2, blank=True, default="")
    beginnings = models.JSONField("sider, hvor en kontrakt begynder", default=list)
    taken_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name="taget ud af"
    )
    collection = models.ForeignKey(
        CollectionCase, on_delete=models.PROTECT, null=True, related_name="documents", verbose_name="indsamlingssag"
    )
    received_at = models.DateTimeField("modtaget")
    received_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="modtaget af"
    )

    class Meta:
        verbose_name = "kontraktdokument"
        verbose_name_plural = "kontraktdokumenter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "sha256", "contract", "collection"],
                name="agreement_document_once_a_case",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[DocumentState.READ.value, DocumentState.READING.value],
                    text__isnull=False,
                    kind__in=[kind.value for kind in Kind],
                )
                | Q(state=DocumentState.UNREADABLE.value, text__isnull=True) & ~Q(message=""),
                name="agreement_document_read_being_read_or_told",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, pages__gte=0, scanned__gte=0, scanned__lte=F("pages")),
                name="agreement_document_sizes",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "-received_at"], name="agreement_document_latest"),
            models.Index(fields=["contract"], name="agreement_document_contract"),
        ]


class ReadPart(TenantModel):
    """Something read in a document, and what a person has said of it; unit and contract repeat the document's."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract_ref = models.UUIDField("kontrakt", null=True)
    position = models.IntegerField("nummer")
    page = models.IntegerField("side")
    decided_at = models.DateTimeField("afgjort", null=True)
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afgjort af"
    )

    class Meta:
        abstract = True


def _part_constraints(name: str, states: list[str], undecided: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["document", "position"], name=f"{name}_position_once"),
        models.CheckConstraint(condition=Q(state__in=states), name=f"{name}_state_known"),
        models.CheckConstraint(
            condition=Q(state=undecided, decided_at__isnull=True, decided_by__isnull=True)
            | ~Q(state=undecided) & Q(decided_at__isnull=False, decided_by__isnull=False),
            name=f"{name}_decided_by_someone",
        ),
    ]


@tracked
class ProposedField(ReadPart):
    """A fact that stands in the text, no data before a person has confirmed it. CPR numbers are masked."""

    document = models.ForeignKey(AgreementDocument, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField("felt", max_length=30)
    value = models.CharField("foreslået værdi", max_length=200)
    state = models.CharField("tilstand", max_length=12, choices=FieldState.choices(), default=_UNDECIDED)
    final = models.CharField("bekræftet værdi", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "foreslået oplysning"
        verbose_name_plural = "foreslåede oplysninger"
        constraints: ClassVar = _part_constraints("proposed_field", FieldState.values(), _UNDECIDED)


@tracked
class ReviewedClause(ReadPart):
    """A verdict of the playbook on a clause; `sentence` is its number in the text, null where it is missing."""

    document = models.ForeignKey(AgreementDocument, on_delete=models.CASCADE, related_name="clauses")
    clause = models.CharField("vilkår", max_length=30)
    verdict = models.CharField("vurdering", max_length=10)
    rule = models.CharField("regel", max_length=60, blank=True, default="")
    sentence = models.IntegerField("sætning", null=True)
    state = models.CharField("tilstand", max_length=12, choices=ClauseState.choices(), default=ClauseState.OPEN.value)
    note = models.CharField("bemærkning", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "vurderet vilkår"
        verbose_name_plural = "vurderede vilkår"
        constraints: ClassVar = [
            *_part_constraints("reviewed_clause", ClauseState.values(), ClauseState.OPEN.value),
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict]), name="reviewed_clause_verdict_known"
            ),
        ]


@tracked_except("text", "picture")
class ScannedPage(TenantModel):
    """A scanned page as it was recognised: its text with places, and the page upright as a PDF; both encrypted."""

    document = models.ForeignKey(AgreementDocument, on_delete=models.CASCADE, related_name="scanned_pages")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract_ref = models.UUIDField("kontrakt", null=True)
    number = models.IntegerField("side")
    text = models.BinaryField("tekst, krypteret")
    picture = models.BinaryField("siden som PDF, krypteret", null=True)
    fault = models.CharField("hvorfor den ikke kunne læses", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "læst scanning"
        verbose_name_plural = "læste scanninger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="scanned_page_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="scanned_page_number"),
        ]


@tracked
class QualityMark(TenantModel):
    """That somebody has gone through a contract and found it in order (kvalitetssikret); one mark a contract."""

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.CASCADE, related_name="+", verbose_name="kontrakt"
    )
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    assured_on = models.DateField("kvalitetssikret")
    assured_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="af")
    source = models.CharField("på grundlag af", max_length=200)

    class Meta:
        verbose_name = "kvalitetssikring"
        verbose_name_plural = "kvalitetssikringer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract"], name="quality_mark_once")]
