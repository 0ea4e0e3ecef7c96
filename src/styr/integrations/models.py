"""The journal of imports: each run, each file that landed or was kept out, and each problem with how to mend it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.integrations.core.problems import Severity
from styr.integrations.core.status import FileStatus, RunStatus


@tracked
class ImportRun(TenantModel):
    """One import (indlæsning): who started it, and what came of it (`core.report`, without the problems)."""

    started_at = models.DateTimeField("startet")
    finished_at = models.DateTimeField("afsluttet", null=True)
    status = models.CharField("status", max_length=12, choices=[(one.value, one.danish) for one in RunStatus])
    actor = models.CharField("startet af", max_length=150)
    sources = models.JSONField("kilder")
    outcome = models.JSONField("resultat", default=dict)

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
    status = models.CharField(
        "status", max_length=10, choices=[(one.value, one.danish) for one in (FileStatus.LANDED, FileStatus.FAILED)]
    )
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
                condition=Q(status__in=[FileStatus.LANDED.value, FileStatus.FAILED.value]),
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
