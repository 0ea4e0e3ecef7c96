"""Grants as the case systems have them, beside our own: read from extracts, and never written to our registers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.kernel.units import Per, Unit
from styr.reconciliation.core.codes import CASE_SYSTEMS, SourceSystem
from styr.reconciliation.taken_models import TakenOver as TakenOver  # noqa: PLC0414 - given on

SECTION = r"^[A-ZÆØÅ]+-[0-9]+[a-z]?$|^STU$"
_SYSTEMS = [system.value for system in CASE_SYSTEMS]


@tracked
class CaseExtract(TenantModel):
    """An extract (udtræk) of a case system that was landed: the day it was taken, and what came of it."""

    system = models.CharField("fagsystem", max_length=20, choices=SourceSystem.choices())
    extracted_on = models.DateField("udtrukket")
    rows = models.IntegerField("rækker")
    gone = models.IntegerField("ikke længere med")

    class Meta:
        verbose_name = "udtræk fra fagsystem"
        verbose_name_plural = "udtræk fra fagsystemer"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(system__in=_SYSTEMS), name="case_extract_system")]
        indexes: ClassVar = [models.Index(fields=["municipality", "system", "-extracted_on"], name="case_extract_last")]


@tracked
class CaseGrant(TenantModel):
    """A service of a grant as the case system has it (fagsystemets bevilling).

    What the system said is kept as it said it, CPR numbers as keyed hashes; the ids beside it are what that means in
    our registers, worked out at every landing (`placing`). `gone_on` is the day of the first extract that lacked it.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    system = models.CharField("fagsystem", max_length=20, choices=SourceSystem.choices())
    source_id = models.CharField("fagsystemets nummer", max_length=60)
    line_no = models.IntegerField("linje")
    cpr_index = models.CharField("CPR-nøgle", max_length=64)
    section = models.CharField("paragraf", max_length=20)
    service = models.CharField("ydelse", max_length=60, blank=True, default="")
    measure = models.CharField("enhed for prisen", max_length=20, blank=True, default="")
    per = models.CharField("pr.", max_length=20, blank=True, default="")
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4, null=True)
    amount = models.DecimalField("pris", max_digits=14, decimal_places=4, null=True)
    starts = models.DateField("start")
    ends = models.DateField("slut (eksklusiv)", null=True)
    cvr = models.CharField("leverandørens CVR", max_length=8, blank=True, default="")
    account_string = models.CharField("kontostreng", max_length=16, blank=True, default="")
    case_number = models.CharField("sagsnummer", max_length=60, blank=True, default="")
    caseworker = models.CharField("sagsbehandler", max_length=100, blank=True, default="")
    citizen_id = models.UUIDField("borger", null=True)
    supplier_id = models.UUIDField("leverandør", null=True)
    gone_on = models.DateField("ikke længere med fra", null=True)

    class Meta:
        verbose_name = "fagsystemets bevilling"
        verbose_name_plural = "fagsystemets bevillinger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "system", "source_id", "line_no"], name="case_grant_once"),
            models.CheckConstraint(condition=Q(system__in=_SYSTEMS), name="case_grant_system_known"),
            models.CheckConstraint(condition=Q(section__regex=SECTION), name="case_grant_section_code"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="case_grant_period_positive"
            ),
            models.CheckConstraint(
                condition=Q(measure="") | Q(measure__in=[unit.value for unit in Unit]), name="case_grant_measure"
            ),
            models.CheckConstraint(condition=Q(per="") | Q(per__in=[per.value for per in Per]), name="case_grant_per"),
            models.CheckConstraint(
                condition=(Q(quantity__isnull=True) | Q(quantity__gte=0)) & (Q(amount__isnull=True) | Q(amount__gte=0)),
                name="case_grant_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(account_string="") | Q(account_string__regex=r"^[0-9]{16}$"), name="case_grant_account"
            ),
            models.CheckConstraint(condition=Q(cvr="") | Q(cvr__regex=r"^[0-9]{8}$"), name="case_grant_cvr"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "citizen_id"], name="case_grant_by_citizen")]
