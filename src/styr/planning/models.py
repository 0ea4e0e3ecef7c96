"""Scenarios, their changes, and the negotiations that come of them. No result is kept: each reader works out theirs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.planning.budget_models import BudgetVersion, LineNote, VersionLine
from styr.planning.core.changes import MOST_CHANGES, ChangeKind
from styr.planning.core.sharing import NegotiationStatus, Sharing
from styr.planning.rule_models import OwnPensionAge, OwnTransition

__all__ = [
    "BudgetVersion",
    "LineNote",
    "OwnPensionAge",
    "OwnTransition",
    "PlannedNegotiation",
    "Scenario",
    "ScenarioChange",
    "VersionLine",
]

_KINDS = [(kind.value, kind.danish) for kind in ChangeKind]


@tracked
class Scenario(TenantModel):
    """A scenario: a name and a row of changes. Shared or the owner's own; put away instead of deleted.

    `goes_on`: grants that run today are reckoned to go on when they end.
    """

    name = models.CharField("navn", max_length=120)
    note = models.TextField("note", max_length=2000, blank=True, default="")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ejer")
    shared = models.CharField("deles med", max_length=20, choices=Sharing.choices(), default=Sharing.PRIVATE.value)
    unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="delt med enhed"
    )
    goes_on = models.BooleanField("bevillinger fortsætter efter deres slutdato", default=True)
    made_at = models.DateTimeField("oprettet")
    changed_at = models.DateTimeField("ændret")
    put_away_at = models.DateTimeField("lagt væk", null=True)

    class Meta:
        verbose_name = "scenarie"
        verbose_name_plural = "scenarier"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_name"),
            models.CheckConstraint(condition=Q(shared__in=Sharing.values()), name="scenario_sharing_known"),
            models.CheckConstraint(
                condition=Q(shared=Sharing.UNIT.value, unit__isnull=False)
                | (~Q(shared=Sharing.UNIT.value) & Q(unit__isnull=True)),
                name="scenario_unit_if_shared_with_it",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-changed_at"], name="scenario_latest")]


class ChangeFields(models.Model):
    """What `core.changes.Change` holds, in columns; "" and null ask for nothing."""

    kind = models.CharField("ændring", max_length=20, choices=_KINDS)
    from_month = models.DateField("fra måned")
    section = models.CharField("paragraf", max_length=20, blank=True, default="")
    service = models.CharField("ydelse", max_length=40, blank=True, default="")
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="leverandør"
    )
    provider_unit = models.ForeignKey(
        "suppliers.ProviderUnit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tilbud"
    )
    touched_unit = models.ForeignKey(
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )
    grant_ids = ArrayField(models.UUIDField(), verbose_name="bevillinger", default=list, blank=True)
    percent = models.DecimalField("procent", max_digits=6, decimal_places=2, default=0)
    months = models.IntegerField("måneder", default=1)
    price = models.DecimalField("pris", max_digits=14, decimal_places=4, null=True)
    count = models.IntegerField("borgere pr. måned", default=0)
    until = models.DateField("tilgang til (eksklusiv)", null=True)
    to_provider_unit = models.ForeignKey(
        "suppliers.ProviderUnit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="til tilbud"
    )

    class Meta:
        abstract = True


def _change_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in ChangeKind]), name=f"{name}_kind_known"),
        models.CheckConstraint(condition=Q(from_month__day=1), name=f"{name}_from_a_month"),
        models.CheckConstraint(condition=Q(percent__gte=-100, percent__lte=900), name=f"{name}_percent_sane"),
        models.CheckConstraint(condition=Q(months__gte=1, months__lte=120), name=f"{name}_months_sane"),
        models.CheckConstraint(condition=Q(count__gte=0, count__lte=10_000), name=f"{name}_count_sane"),
        models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name=f"{name}_price_sane"),
    ]


@tracked
class ScenarioChange(TenantModel, ChangeFields):
    """One of a scenario's changes; they are taken in the order of `place`."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="changes", verbose_name="scenarie")
    place = models.IntegerField("plads")

    class Meta:
        verbose_name = "ændring i scenarie"
        verbose_name_plural = "ændringer i scenarier"
        constraints: ClassVar = [
            *_change_constraints("scenario_change"),
            models.UniqueConstraint(
                fields=["scenario", "place"], name="scenario_change_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(place__gte=0, place__lt=MOST_CHANGES), name="scenario_change_place_sane"
            ),
        ]


@tracked
class PlannedNegotiation(UnitScopedModel, ChangeFields):
    """A negotiation that a scenario's change leads to (planlagt forhandling), with one supplier for one unit.

    It holds the change itself, so that a budget can be made with it, and what it was expected to give when planned.
    """

    scenario = models.ForeignKey(
        Scenario, on_delete=models.SET_NULL, null=True, related_name="negotiations", verbose_name="scenarie"
    )
    title = models.CharField("emne", max_length=200)
    status = models.CharField(
        "status", max_length=20, choices=NegotiationStatus.choices(), default=NegotiationStatus.PLANNED.value
    )
    first_year_ore = models.BigIntegerField("forventet virkning i første år, øre")
    full_year_ore = models.BigIntegerField("forventet virkning på et helt år, øre")
    planned_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", verbose_name="planlagt af"
    )
    planned_at = models.DateTimeField("planlagt")

    class Meta:
        verbose_name = "planlagt forhandling"
        verbose_name_plural = "planlagte forhandlinger"
        constraints: ClassVar = [
            *_change_constraints("negotiation"),
            models.CheckConstraint(condition=~Q(title=""), name="negotiation_has_title"),
            models.CheckConstraint(condition=Q(status__in=NegotiationStatus.values()), name="negotiation_status_known"),
            models.CheckConstraint(condition=Q(supplier__isnull=False), name="negotiation_has_supplier"),
            models.UniqueConstraint(
                fields=["scenario", "kind", "supplier", "unit", "from_month"],
                condition=Q(status=NegotiationStatus.PLANNED.value),
                name="negotiation_planned_once",
            ),
        ]
