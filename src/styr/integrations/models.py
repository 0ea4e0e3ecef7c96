"""The journal of imports: each run, each file that landed or was kept out, and each problem with how to mend it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.integrations.core.problems import Severity
from styr.integrations.core.status import FileStatus, RunStatus, UploadState

_KEPT = (FileStatus.LANDED, FileStatus.FAILED, FileStatus.UNDONE)


@tracked
class ImportRun(TenantModel):
    """One import (indlæsning): who started it, and what came of it (`core.report`, without the problems).

    One that takes an earlier import back (fortryd) is a run as well, and `undoes` names it.
    """

    started_at = models.DateTimeField("startet")
    finished_at = models.DateTimeField("afsluttet", null=True)
    status = models.CharField("status", max_length=12, choices=[(one.value, one.danish) for one in RunStatus])
    actor = models.CharField("startet af", max_length=150)
    sources = models.JSONField("kilder")
    outcome = models.JSONField("resultat", default=dict)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by", verbose_name="fortryder"
    )

    class Meta:
        verbose_name = "indlæsning"
        verbose_name_plural = "indlæsninger"
        indexes: ClassVar = [models.Index(fields=["municipality", "-started_at"], name="import_run_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=RunStatus.RUNNING.value, finished_at__isnull=True)
                | (~Q(status=RunStatus.RUNNING.value) & Q(finished_at__isnull=False)),
                name="import_run_finished_has_time",
            )
        ]


@tracked_except("content")
class ImportFile(TenantModel):
    """A file of an import, known by its contents: a landed one is not landed again, one that failed keeps its bytes.

    `content` is encrypted, and null where the file landed or is kept elsewhere (e-invoices are kept as documents).
    `kinds` names the registers in it, `sha256` is empty where the bytes could not be read.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="files", verbose_name="indlæsning")
    name = models.CharField("filnavn", max_length=255)
    sha256 = models.CharField("kontrolsum", max_length=64, blank=True)
    size = models.BigIntegerField("bytes")
    kinds = models.JSONField("registre")
    status = models.CharField("status", max_length=10, choices=[(one.value, one.danish) for one in _KEPT])
    rows_new = models.IntegerField("nye rækker", default=0)
    rows_changed = models.IntegerField("ændrede rækker", default=0)
    rows_unchanged = models.IntegerField("uændrede rækker", default=0)
    content = models.BinaryField("indhold, krypteret", null=True)
    read_at = models.DateTimeField("læst")

    class Meta:
        verbose_name = "importfil"
        verbose_name_plural = "importfiler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "sha256", "name"], name="import_file_once"),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in _KEPT]),
                name="import_file_status_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "status", "-read_at"], name="import_file_by_status")]


@tracked
class ImportProblem(TenantModel):
    """What was wrong in a file (importfejl), where, and how to mend it; `value` is masked."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="problems", verbose_name="importfil")
    position = models.IntegerField("nummer")
    code = models.CharField("kode", max_length=40)
    severity = models.CharField("alvor", max_length=10, choices=[(one.value, one.danish) for one in Severity])
    sheet = models.CharField("ark", max_length=100, blank=True)
    row = models.IntegerField("række", null=True)
    column = models.CharField("kolonne", max_length=100, blank=True)
    value = models.CharField("værdi", max_length=100, blank=True)
    message = models.TextField("fejl")
    mend = models.TextField("sådan rettes den", blank=True)

    class Meta:
        verbose_name = "importfejl"
        verbose_name_plural = "importfejl"
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "position"], name="import_problem_position")]


@tracked
class ImportLanding(TenantModel):
    """One transaction of a run that wrote to the registers, by the context that the change history keeps of it.

    So what a run changed is told exactly, also for undoing it.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="landings", verbose_name="indlæsning")
    context_id = models.UUIDField("sammenhæng i historikken")

    class Meta:
        verbose_name = "landing"
        verbose_name_plural = "landinger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "run", "context_id"], name="import_landing_once")
        ]


@tracked_except("found", "answers", "error_file")
class ImportUpload(TenantModel):
    """Files that somebody has handed in on a page (fremlagte filer), what a look at them found, and what was answered.

    `found`, `answers` and `error_file` are encrypted: what the look found (`core.outcome`), cells mended and columns
    chosen on screen (`core.answers`), and the rows with their errors as an Excel file. All three and the files' bytes
    are let go of when the import is done. `heartbeat_at` is the job's last sign of life.
    """

    created_at = models.DateTimeField("fremlagt")
    created_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="fremlagt af"
    )
    state = models.CharField("tilstand", max_length=12, choices=[(one.value, one.danish) for one in UploadState])
    first_day = models.BooleanField("første dag", default=False)
    changed_at = models.DateTimeField("ændret")
    heartbeat_at = models.DateTimeField("sidste livstegn", null=True)
    total = models.IntegerField("filer", default=0)
    done = models.IntegerField("læste filer", default=0)
    rows = models.IntegerField("læste rækker", default=0)
    errors = models.IntegerField("fejl", default=0)
    cancel = models.BooleanField("bedt om at standse", default=False)
    message = models.TextField("besked", blank=True, default="")
    found = models.BinaryField("fundet, krypteret", null=True)
    answers = models.BinaryField("rettelser, krypteret", null=True)
    error_file = models.BinaryField("fejlfil, krypteret", null=True)
    run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, null=True, related_name="uploads", verbose_name="indlæsning"
    )

    class Meta:
        verbose_name = "fremlagte filer"
        verbose_name_plural = "fremlagte filer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in UploadState]), name="import_upload_state_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-created_at"], name="import_upload_latest")]


@tracked_except("content")
class UploadedFile(TenantModel):
    """One file handed in on a page, encrypted; its bytes are gone when the import is done."""

    upload = models.ForeignKey(
        ImportUpload, on_delete=models.CASCADE, related_name="files", verbose_name="fremlæggelse"
    )
    position = models.IntegerField("nummer")
    name = models.CharField("filnavn", max_length=255)
    size = models.BigIntegerField("bytes")
    content = models.BinaryField("indhold, krypteret", null=True)

    class Meta:
        verbose_name = "fremlagt fil"
        verbose_name_plural = "fremlagte filer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "position"], name="uploaded_file_position")]


@tracked
class ColumnMapping(TenantModel):
    """Which column of a spreadsheet of the municipality's own fills which field (kolonnevalg), kept by name.

    `headings` are the spreadsheet's headings as `header_key`; a spreadsheet with the same ones is read by it. `source`
    is the kind of extract (`mappings.core.sources`), `constants` what every row holds, `words` by field the
    spreadsheet's words and ours. What stands here is its newest version; `retired_at` tells that it is used no more.
    """

    name = models.CharField("navn", max_length=100)
    register = models.CharField("register", max_length=40)
    source = models.CharField("kilde", max_length=40, blank=True, default="", db_default="")
    headings = models.JSONField("overskrifter")
    fields = models.JSONField("felter")
    constants = models.JSONField("faste værdier", default=dict, db_default=models.Value({}, models.JSONField()))
    words = models.JSONField("ord", default=dict, db_default=models.Value({}, models.JSONField()))
    version = models.IntegerField("version", default=1, db_default=1)
    saved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="gemt af")
    saved_at = models.DateTimeField("gemt")
    retired_at = models.DateTimeField("ikke i brug siden", null=True)

    class Meta:
        verbose_name = "kolonnevalg"
        verbose_name_plural = "kolonnevalg"
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "name"], name="column_mapping_name")]


@tracked
class ColumnMappingVersion(TenantModel):
    """A version of a choice of columns (kolonnevalgets version): added, and never changed.

    `file` is the file it was tried on before it was saved, `rows` how many rows of that could be read, `errors` how
    many errors there were.
    """

    mapping = models.ForeignKey(
        ColumnMapping, on_delete=models.CASCADE, related_name="versions", verbose_name="kolonnevalg"
    )
    number = models.IntegerField("version")
    headings = models.JSONField("overskrifter")
    fields = models.JSONField("felter")
    constants = models.JSONField("faste værdier", default=dict)
    words = models.JSONField("ord", default=dict)
    file = models.CharField("prøvet på", max_length=255, blank=True)
    rows = models.IntegerField("læste rækker", default=0)
    errors = models.IntegerField("fejl", default=0)
    saved_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="gemt af")
    saved_at = models.DateTimeField("gemt")

    class Meta:
        verbose_name = "version af kolonnevalg"
        verbose_name_plural = "versioner af kolonnevalg"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mapping", "number"], name="column_mapping_version_once")
        ]
