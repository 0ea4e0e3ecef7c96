"""Handing out and letting go: access requests, retention rules, legal holds and erasures.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked, tracked_except
from styr.people.core.keeping import CaseKind, ErasureState, RequestState


@tracked_except("content")
class DataRequest(UnitScopedModel):
    """That a citizen asked for everything about them (indsigt, GDPR art. 15), and the file made for it, encrypted."""

    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.CASCADE, related_name="requests", verbose_name="borger"
    )
    reason = models.CharField("anledning", max_length=200)
    requested_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="bestilt af"
    )
    requested_at = models.DateTimeField("bestilt")
    state = models.CharField("tilstand", max_length=10, choices=RequestState.choices())
    done = models.IntegerField("trin udført", default=0)
    steps = models.IntegerField("trin i alt", default=0)
    content = models.BinaryField("indhold, krypteret", null=True)
    size = models.IntegerField("bytes", default=0)
    sha256 = models.CharField("kontrolsum", max_length=64, blank=True, default="")
    ready_at = models.DateTimeField("klar", null=True)
    expires_at = models.DateTimeField("slettes", null=True)
    fetched_at = models.DateTimeField("hentet", null=True)

    class Meta:
        verbose_name = "indsigtsanmodning"
        verbose_name_plural = "indsigtsanmodninger"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="data_request_has_reason"),
            models.CheckConstraint(
                condition=Q(state="ready", content__isnull=False, expires_at__isnull=False)
                | (~Q(state="ready") & Q(content__isnull=True)),
                name="data_request_content_when_ready",
            ),
        ]


@tracked
class RetentionRule(TenantModel):
    """The municipality's own rule for a kind of case, dated; it stands instead of the program's."""

    case_kind = models.CharField("sagstype", max_length=10, choices=CaseKind.choices())
    years = models.IntegerField("år efter sagens afslutning")
    archived = models.BooleanField("afleveres til arkiv før sletning")
    basis = models.CharField("hjemmel", max_length=300)
    valid_from = models.DateField("gælder fra")

    class Meta:
        verbose_name = "opbevaringsregel"
        verbose_name_plural = "opbevaringsregler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "case_kind", "valid_from"], name="retention_rule_unique"),
            models.CheckConstraint(condition=Q(years__range=(1, 100)), name="retention_rule_years_sensible"),
        ]


@tracked
class LegalHold(UnitScopedModel):
    """That a citizen's data must be kept whatever the rules say (legal hold): a complaint, a lawsuit, a request."""

    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="holds", verbose_name="borger")
    reason = models.CharField("begrundelse", max_length=300)
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)", null=True, blank=True)
    placed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="sat af")

    class Meta:
        verbose_name = "sletningsstop"
        verbose_name_plural = "sletningsstop"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="legal_hold_period_in_order"
            ),
        ]


@tracked_except("archive")
class Erasure(TenantModel):
    """The deletion of one citizen (sletning), from proposal to certificate; the id leads nowhere afterwards.

    Archived where the rule says so, approved by two, then done in one transaction; `certificate` counts what went.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhed")
    citizen_id = models.UUIDField("borger")
    case_kind = models.CharField("sagstype", max_length=10, choices=CaseKind.choices())
    basis = models.CharField("hjemmel", max_length=300)
    due_on = models.DateField("frist")
    must_archive = models.BooleanField("afleveres til arkiv")
    state = models.CharField("tilstand", max_length=10, choices=ErasureState.choices())
    proposed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="foreslået af"
    )
    proposed_at = models.DateTimeField("foreslået")
    archive = models.BinaryField("arkivpakke, krypteret", null=True)
    archive_sha256 = models.CharField("arkivpakkens kontrolsum", max_length=64, blank=True, default="")
    archive_receipt = models.CharField("arkivets kvittering", max_length=100, blank=True, default="")
    first_approver = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="første godkender"
    )
    first_approved_at = models.DateTimeField("først godkendt", null=True)
    second_approver = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="anden godkender"
    )
    second_approved_at = models.DateTimeField("dernæst godkendt", null=True)
    erased_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="slettet af"
    )
    erased_at = models.DateTimeField("slettet", null=True)
    certificate = models.JSONField("attest", default=dict)

    class Meta:
        verbose_name = "sletning"
        verbose_name_plural = "sletninger"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "citizen_id"], condition=~Q(state="cancelled"), name="erasure_one_a_citizen"
            ),
            models.CheckConstraint(
                condition=Q(second_approver__isnull=True)
                | (Q(first_approver__isnull=False) & ~Q(first_approver=F("second_approver"))),
                name="erasure_two_different_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "erased"])
                | (
                    Q(first_approver__isnull=False, second_approver__isnull=False)
                    & (Q(must_archive=False) | ~Q(archive_receipt=""))
                ),
                name="erasure_approved_by_two_and_archived",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(erased_at__isnull=False, archive__isnull=True),
                name="erasure_keeps_no_package",
            ),
        ]
