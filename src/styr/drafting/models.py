"""Drafts of contracts: their versions back and forth, the steps they took, the checklist and the signed file."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.drafting.core.codes import CLOSED, CheckAnswer, DraftState, Making, Party, Standing, StepKind
from styr.drafting.template_models import ContractTemplate, OwnParty, TemplateVersion

__all__ = [
    "ContractDraft",
    "ContractTemplate",
    "DraftStep",
    "DraftVersion",
    "OwnParty",
    "QualityAnswer",
    "SignedFile",
    "TemplateVersion",
]

_CLOSED = [state.value for state in CLOSED]
_WITH_REASON = [StepKind.SENT_BACK.value, StepKind.GIVEN_UP.value, StepKind.ACCEPTED_TEXT.value]


@tracked_except("facts")
class ContractDraft(TenantModel):
    """A draft (udkast) of a contract of the register, made from a version of a template.

    `unit` is the contract's; `facts` (encrypted) are what a person wrote that no register holds.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="+", verbose_name="kontrakt"
    )
    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bevilling"
    )
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, related_name="drafts", verbose_name="skabelonversion"
    )
    facts = models.BinaryField("oplysninger, krypteret")
    state = models.CharField("tilstand", max_length=12, choices=DraftState.choices(), default=DraftState.WORK.value)
    latest = models.IntegerField("seneste udgave", default=0)
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig")
    made_at = models.DateTimeField("oprettet")
    changed_at = models.DateTimeField("ændret")

    class Meta:
        verbose_name = "kontraktudkast"
        verbose_name_plural = "kontraktudkast"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values()), name="contract_draft_state_known"),
            models.UniqueConstraint(
                fields=["contract"], condition=~Q(state__in=_CLOSED), name="contract_draft_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(latest__gte=0, changed_at__gte=F("made_at")), name="contract_draft_sensible"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-changed_at"], name="contract_draft_latest")]


class DraftPart(TenantModel):
    """What belongs to a draft; unit and contract repeat the draft's."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    contract_ref = models.UUIDField("kontrakt")

    class Meta:
        abstract = True


@tracked_except("content", "read", "redline", "pdf")
class DraftVersion(DraftPart):
    """A version (udgave) of a draft as a file, ours or the supplier's, with what the playbook says of it.

    `read` (encrypted) is its text and verdicts; `pdf` and `redline` (encrypted) are made beside the pages.
    """

    draft = models.ForeignKey(ContractDraft, on_delete=models.CASCADE, related_name="versions", verbose_name="udkast")
    number = models.IntegerField("udgave")
    party = models.CharField("part", max_length=10, choices=Party.choices())
    name = models.CharField("filnavn", max_length=255)
    kind = models.CharField("filtype", max_length=10)
    content = models.BinaryField("indhold, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    size = models.IntegerField("bytes")
    read = models.BinaryField("tekst og vurdering, krypteret")
    red = models.IntegerField("risici")
    missing = models.IntegerField("mangler")
    playbook = models.CharField("vilkårshåndbogens version", max_length=20)
    pdf = models.BinaryField("PDF, krypteret", null=True)
    redline = models.BinaryField("rettelser, krypteret", null=True)
    making = models.CharField("dannelse", max_length=10, choices=Making.choices(), default=Making.WAITING.value)
    message = models.CharField("besked", max_length=300, blank=True, default="")
    made_at = models.DateTimeField("modtaget")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="lagt ind af")

    class Meta:
        verbose_name = "udgave"
        verbose_name_plural = "udgaver"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_number_once"),
            models.CheckConstraint(
                condition=Q(party__in=Party.values(), making__in=Making.values()), name="draft_version_codes_known"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, size__gt=0, red__gte=0, missing__gte=0), name="draft_version_numbers"
            ),
        ]


@tracked
class DraftStep(DraftPart):
    """A step (trin) of a draft: what somebody did, and what an approval was held against. Steps are only added.

    `agreed`: the fingerprint of what the register held of the contract when somebody approved (`unchanged`).
    """

    draft = models.ForeignKey(ContractDraft, on_delete=models.CASCADE, related_name="steps", verbose_name="udkast")
    version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, null=True, related_name="steps", verbose_name="udgave"
    )
    kind = models.CharField("trin", max_length=20, choices=StepKind.choices())
    note = models.CharField("bemærkning", max_length=500, blank=True, default="")
    year_ore = models.BigIntegerField("beløb pr. år i øre", null=True)
    limit_ore = models.BigIntegerField("beløbsgrænse i øre", null=True)
    deviations = models.IntegerField("afvigelser", null=True)
    agreed = models.CharField("kontraktens aftryk", max_length=32, blank=True, default="")
    taken_at = models.DateTimeField("tidspunkt")
    taken_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="af")

    class Meta:
        verbose_name = "trin i udkast"
        verbose_name_plural = "trin i udkast"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values()), name="draft_step_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=_WITH_REASON) | ~Q(note=""),
                name="draft_step_says_why",
            ),
        ]


@tracked
class QualityAnswer(DraftPart):
    """What somebody answered to an item of the checklist about one version: another version is looked at anew."""

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="answers", verbose_name="udgave")
    code = models.CharField("punkt", max_length=40)
    answer = models.CharField("svar", max_length=20, choices=CheckAnswer.choices())
    note = models.CharField("bemærkning", max_length=300, blank=True, default="")
    answered_at = models.DateTimeField("besvaret")
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="besvaret af"
    )

    class Meta:
        verbose_name = "kvalitetssikring"
        verbose_name_plural = "kvalitetssikring"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "code"], name="quality_answer_once"),
            models.CheckConstraint(condition=Q(answer__in=CheckAnswer.values()), name="quality_answer_known"),
        ]


@tracked_except("content")
class SignedFile(DraftPart):
    """The signed contract as it came, kept sealed, with what its signatures are worth and who took it in.

    `differences`: sentences that are not as in the version that was sent; null where the text cannot be read.
    """

    draft = models.OneToOneField(ContractDraft, on_delete=models.PROTECT, related_name="signed", verbose_name="udkast")
    name = models.CharField("filnavn", max_length=255)
    content = models.BinaryField("indhold, krypteret")
    sha256 = models.CharField("kontrolsum", max_length=64)
    size = models.IntegerField("bytes")
    standing = models.CharField("underskrifternes værdi", max_length=20, choices=Standing.choices())
    signatures = models.JSONField("underskrifter", default=list)
    differences = models.IntegerField("ændrede sætninger", null=True)
    note = models.CharField("bemærkning", max_length=300, blank=True, default="")
    signed_on = models.DateField("underskrevet")
    received_at = models.DateTimeField("modtaget")
    received_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="modtaget af"
    )

    class Meta:
        verbose_name = "underskrevet kontrakt"
        verbose_name_plural = "underskrevne kontrakter"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values()) & ~Q(standing=Standing.BROKEN.value),
                name="signed_file_is_not_broken",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.VALID.value, differences=0) | ~Q(note=""), name="signed_file_says_why"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="signed_file_has_bytes"),
        ]
