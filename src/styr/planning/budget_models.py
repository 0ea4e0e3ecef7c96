"""Budget versions and their lines. `models` gives these names on; nobody else imports this module."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.planning.core.versions import MONTHS, Part, VersionState


@tracked
class BudgetVersion(TenantModel):
    """A proposal for a year's budget (budgetversion), of a unit or (None) of the whole municipality.

    It keeps what it was made with: an index in percent on prices that are not announced, whether grants go on after
    their end, demographic transitions, planned negotiations. Nobody approves their own.
    """

    name = models.CharField("navn", max_length=120)
    year = models.IntegerField("budgetår")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed")
    state = models.CharField("tilstand", max_length=20, choices=VersionState.choices())
    based_on = models.ForeignKey(
        "planning.BudgetVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kopi af"
    )
    index_percent = models.DecimalField("fremskrivning i procent", max_digits=6, decimal_places=2, default=0)
    goes_on = models.BooleanField("bevillinger fortsætter efter deres slutdato", default=True)
    transitions = models.BooleanField("overgange ved alder", default=True)
    negotiations = models.BooleanField("planlagte forhandlinger", default=True)
    from_forecast = models.BooleanField("begynder med prognosen", default=False)
    note = models.TextField("note", max_length=4000, blank=True, default="")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="lavet af")
    made_at = models.DateTimeField("lavet")
    sent_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sendt af"
    )
    sent_at = models.DateTimeField("sendt", null=True)
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afgjort af"
    )
    decided_at = models.DateTimeField("afgjort", null=True)
    answer = models.TextField("svar", max_length=4000, blank=True, default="")

    class Meta:
        verbose_name = "budgetversion"
        verbose_name_plural = "budgetversioner"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="budget_version_has_name"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="budget_version_year_sane"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values()), name="budget_version_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "replaced"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("made_by")) & ~Q(decided_by=F("sent_by"))),
                name="budget_version_approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "unit"],
                condition=Q(state="approved"),
                nulls_distinct=False,
                name="budget_version_one_approved",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "year", "-made_at"], name="budget_version_latest")]


@tracked
class VersionLine(UnitScopedModel):
    """A line of a version: twelve months in øre, of a grant and a part, or added by hand. `made_ore` as it was made."""

    version = models.ForeignKey(
        BudgetVersion, on_delete=models.PROTECT, related_name="lines", verbose_name="budgetversion"
    )
    part = models.CharField("del", max_length=20, choices=Part.choices())
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="borger"
    )
    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bevilling"
    )
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="leverandør"
    )
    section = models.CharField("paragraf", max_length=20, blank=True, default="")
    account = models.CharField("kontostreng", max_length=16, blank=True, default="")
    text = models.CharField("tekst", max_length=200, blank=True, default="")
    months_ore = ArrayField(models.BigIntegerField(), size=MONTHS, verbose_name="måneder i øre")
    total_ore = models.BigIntegerField("i alt i øre")
    made_ore = models.BigIntegerField("som beregnet i øre")
    edited = models.BooleanField("rettet", default=False)

    class Meta:
        verbose_name = "budgetlinje i version"
        verbose_name_plural = "budgetlinjer i version"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(part__in=Part.values()), name="version_line_part_known"),
            models.CheckConstraint(
                condition=Q(account="") | Q(account__regex=r"^[0-9]{16}$"), name="version_line_account_is_digits"
            ),
            models.CheckConstraint(condition=Q(months_ore__len=MONTHS), name="version_line_twelve_months"),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "section"], name="version_line_by_section")]


@tracked
class LineNote(UnitScopedModel):
    """What was written about a line: a comment, or the reason for a change with the amount before and after.

    Notes are added, never changed.
    """

    line = models.ForeignKey(VersionLine, on_delete=models.CASCADE, related_name="notes", verbose_name="budgetlinje")
    text = models.TextField("tekst", max_length=4000)
    before_ore = models.BigIntegerField("før i øre", null=True)
    after_ore = models.BigIntegerField("efter i øre", null=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "note til budgetlinje"
        verbose_name_plural = "noter til budgetlinjer"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="line_note_says_something"),
            models.CheckConstraint(
                condition=Q(before_ore__isnull=True, after_ore__isnull=True)
                | Q(before_ore__isnull=False, after_ore__isnull=False),
                name="line_note_before_and_after",
            ),
        ]
