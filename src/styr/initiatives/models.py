"""The catalogue of initiatives (indsatskatalog). Nothing here is about a citizen.

Amounts are in millions of kroner and stand as `core.interval` writes them: "0,1-0,2", "<0,1", ">3,3"; empty is "not
estimated", which is never nought.
"""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked
from styr.initiatives.core.codes import Effect, Level, Measure, Phase, Political, Service, Status

AMOUNT: Final = r"^((<|>|mindst )?\d{1,6},\d{1,3}|\d{1,6},\d{1,3}-\d{1,6},\d{1,3})?$"
"""What an amount looks like; nothing below nought can be written."""


@tracked
class Catalogue(TenantModel):
    """An analysis and its catalogue: what it is of, how far it has come, and what its source says of itself.

    `baseline` is the whole cost that all of its initiatives touch; their own baselines overlap and are never added.
    `stated` is the sum of savings as the source prints it, to be held against what its rows give.
    """

    name = models.CharField("navn", max_length=200)
    year = models.IntegerField("baselineår", null=True)
    phase = models.CharField("fase", max_length=20, choices=Phase.choices())
    baseline = models.CharField("økonomisk baseline, mio. kr.", max_length=30, blank=True, default="")
    stated = models.CharField("besparelse i alt efter kilden, mio. kr.", max_length=30, blank=True, default="")
    stated_number = models.IntegerField("antal indsatser efter kilden", null=True)
    note = models.TextField("om kataloget", blank=True, default="")
    version = models.IntegerField("udgave", default=1)

    class Meta:
        verbose_name = "indsatskatalog"
        verbose_name_plural = "indsatskataloger"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "name"], name="catalogue_name_once"),
            models.UniqueConstraint(fields=["id", "municipality"], name="catalogue_id_and_municipality"),
            models.CheckConstraint(condition=~Q(name=""), name="catalogue_has_name"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values()), name="catalogue_phase_known"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1990, 2100)), name="catalogue_year_within"
            ),
            models.CheckConstraint(
                condition=Q(baseline__regex=AMOUNT, stated__regex=AMOUNT),
                name="catalogue_amounts_written_well",
            ),
        ]


@tracked
class Initiative(TenantModel):
    """One initiative (indsats). `measured_from` is the day from which its measured effect counts.

    Where the cost of transport shows it, `transport_areas` are the numbers of the areas and `transport_kinds` the kinds
    of operators whose cost it is to change; none of either are all of them.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="initiatives", verbose_name="katalog"
    )
    number = models.IntegerField("nummer")
    title = models.CharField("titel", max_length=300)
    theme = models.CharField("tema", max_length=200, blank=True, default="")
    text = models.TextField("beskrivelse", blank=True, default="")
    baseline = models.CharField("økonomisk baseline, mio. kr.", max_length=30, blank=True, default="")
    saving = models.CharField("årlig besparelse (netto), mio. kr.", max_length=30, blank=True, default="")
    investment = models.CharField("investering, mio. kr.", max_length=30, blank=True, default="")
    owner = models.CharField("tovholder", max_length=200, blank=True, default="")
    departments = ArrayField(models.CharField(max_length=40), verbose_name="berørte centre", default=list)
    political = models.CharField("politisk godkendelse", max_length=20, choices=Political.choices())
    political_on = models.DateField("politisk behandlet", null=True)
    service = models.CharField("serviceniveau", max_length=20, choices=Service.choices())
    effects = ArrayField(
        models.CharField(max_length=20, choices=Effect.choices()), verbose_name="effekter", default=list
    )
    effect_text = models.TextField("hvad den skal give", blank=True, default="")
    status = models.CharField("status", max_length=20, choices=Status.choices())
    priority = models.IntegerField("prioritet", null=True)
    measure = models.CharField("måling", max_length=20, choices=Measure.choices(), default=Measure.NONE.value)
    measured_from = models.DateField("virker fra", null=True)
    transport_areas = ArrayField(models.IntegerField(), verbose_name="befordringsområder", default=list)
    transport_kinds = ArrayField(models.CharField(max_length=20), verbose_name="kørselstyper", default=list)
    version = models.IntegerField("udgave", default=1)

    class Meta:
        verbose_name = "indsats"
        verbose_name_plural = "indsatser"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="initiative_number_once"),
            models.UniqueConstraint(fields=["id", "municipality"], name="initiative_id_and_municipality"),
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(condition=Q(number__gt=0), name="initiative_number_above_nought"),
            models.CheckConstraint(condition=Q(political__in=Political.values()), name="initiative_political_known"),
            models.CheckConstraint(condition=Q(service__in=Service.values()), name="initiative_service_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values()), name="initiative_status_known"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values()), name="initiative_measure_known"),
            models.CheckConstraint(condition=Q(effects__contained_by=Effect.values()), name="initiative_effects_known"),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__gt=0), name="initiative_priority_above_nought"
            ),
            models.CheckConstraint(
                condition=Q(baseline__regex=AMOUNT, saving__regex=AMOUNT, investment__regex=AMOUNT),
                name="initiative_amounts_written_well",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "catalogue", "number"], name="initiative_in_order")]


@tracked
class Step(TenantModel):
    """A phase of an initiative's plan in [starts, ends); `after` must be done before it begins."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="steps", verbose_name="indsats")
    name = models.CharField("fase", max_length=200)
    starts = models.DateField("fra")
    ends = models.DateField("til (eksklusiv)")
    done_on = models.DateField("færdig", null=True)
    after = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="begynder efter"
    )

    class Meta:
        verbose_name = "fase i planen"
        verbose_name_plural = "faser i planen"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="initiative_step_has_days"),
            models.CheckConstraint(condition=~Q(name=""), name="initiative_step_has_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["initiative", "starts"], name="initiative_step_in_order")]


@tracked
class Risk(TenantModel):
    """What may go wrong with an initiative, and the answer to it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="risks", verbose_name="indsats")
    text = models.CharField("risiko", max_length=500)
    likely = models.CharField("sandsynlighed", max_length=10, choices=Level.choices())
    grave = models.CharField("konsekvens", max_length=10, choices=Level.choices())
    answer = models.CharField("modtræk", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "risiko"
        verbose_name_plural = "risici"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="initiative_risk_has_text"),
            models.CheckConstraint(
                condition=Q(likely__in=Level.values(), grave__in=Level.values()), name="initiative_risk_levels_known"
            ),
        ]


@tracked
class Dependency(TenantModel):
    """That an initiative waits for another of the same municipality."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="waits_for", verbose_name="indsats"
    )
    needs = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="needed_by", verbose_name="afhænger af"
    )

    class Meta:
        verbose_name = "afhængighed"
        verbose_name_plural = "afhængigheder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "needs"], name="initiative_needs_once"),
            models.CheckConstraint(condition=~Q(initiative=F("needs")), name="initiative_needs_another"),
        ]


class MeasuredEffect(TenantModel):
    """What an initiative brought, as it was last measured by a job; øre. It is thrown away and measured anew.

    `parts` are the kroner that it is made of, by name: two initiatives with the same part share it.
    """

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="effect", verbose_name="indsats"
    )
    ore = models.BigIntegerField("virkning i øre", null=True)
    words = models.CharField("ord", max_length=300)
    address = models.CharField("adresse", max_length=40, blank=True, default="")
    before_ore = models.BigIntegerField("udgift før", null=True)
    after_ore = models.BigIntegerField("udgift efter", null=True)
    parts = models.JSONField("dele", default=dict)
    made_at = models.DateTimeField("målt")

    class Meta:
        verbose_name = "målt virkning"
        verbose_name_plural = "målte virkninger"
