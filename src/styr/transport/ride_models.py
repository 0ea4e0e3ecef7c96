"""What a transport grant says besides the ordinary grant it is, what was assessed about it, and the law's limits."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.transport.core.codes import Outcome, RoadSource
from styr.transport.ranges import DateRange, positive
from styr.transport.register_models import Criterion, Operator, Place


@tracked
class RideGrant(UnitScopedModel):
    """The rides (kørsel) that an ordinary grant promises: by which criterion, from where to where, when and how.

    `weekdays` is a bit mask, Monday 1; 0 is as needed. `road_km` is the way one way as measured, never an estimate.
    `facts` is what a person knows that the registers do not (grade, illness …): the keys are `core.facts`'.
    """

    grant = models.OneToOneField("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", verbose_name="kriterium")
    operator = models.ForeignKey(
        Operator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="operatør"
    )
    home = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fra"
    )
    destination = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="til"
    )
    weekdays = models.IntegerField("ugedage", default=0)
    out_arrive = models.TimeField("fremme senest", null=True, blank=True)
    back_leave = models.TimeField("hjem tidligst", null=True, blank=True)
    aids = models.CharField("hjælpemidler", max_length=200, blank=True, default="")
    companion = models.BooleanField("ledsager", default=False)
    solo = models.BooleanField("solokørsel", default=False)
    max_ride_minutes = models.IntegerField("længste køretid i minutter", null=True, blank=True)
    user_payment_ore = models.BigIntegerField("egenbetaling pr. tur i øre", null=True, blank=True)
    road_km = models.DecimalField("vej i km", max_digits=9, decimal_places=2, null=True, blank=True)
    road_source = models.CharField("vejen er", max_length=20, choices=RoadSource.choices(), blank=True, default="")
    facts = models.JSONField("oplysninger", default=dict, blank=True)

    class Meta:
        verbose_name = "befordringsbevilling"
        verbose_name_plural = "befordringsbevillinger"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekdays__range=(0, 127)), name="ride_grant_weekdays"),
            models.CheckConstraint(
                condition=Q(max_ride_minutes__isnull=True) | Q(max_ride_minutes__range=(1, 600)),
                name="ride_grant_minutes",
            ),
            models.CheckConstraint(
                condition=Q(user_payment_ore__isnull=True) | Q(user_payment_ore__gte=0), name="ride_grant_payment"
            ),
            models.CheckConstraint(condition=Q(road_km__isnull=True) | Q(road_km__gte=0), name="ride_grant_road"),
            models.CheckConstraint(condition=Q(road_source__in=RoadSource.values()), name="ride_grant_road_source"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "criterion"], name="ride_grant_criterion")]


@tracked
class Assessment(UnitScopedModel):
    """What a person decided about a transport grant, and what stood on the page when it was decided. Never changed."""

    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    verdict = models.CharField("vurdering", max_length=20)
    shown = models.JSONField("regler, oplysninger og kilder, som de stod", default=list)
    outcome = models.CharField("afgørelse", max_length=20, choices=Outcome.choices())
    reason = models.CharField("begrundelse", max_length=1000)
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="af")
    decided_at = models.DateTimeField("tidspunkt")

    class Meta:
        verbose_name = "vurdering af befordring"
        verbose_name_plural = "vurderinger af befordring"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values()), name="assessment_outcome_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_has_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["grant", "-decided_at"], name="assessment_latest")]


@tracked
class OwnLimit(TenantModel):
    """A limit of the rules (metres, years, trips) as the municipality reads it, in place of the program's."""

    rule = models.CharField("grænse", max_length=40)
    value = models.IntegerField("værdi")
    source = models.CharField("kilde", max_length=200)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (eksklusiv)", null=True, blank=True)

    class Meta:
        verbose_name = "egen grænse for befordring"
        verbose_name_plural = "egne grænser for befordring"
        constraints: ClassVar = [
            positive("own_limit_positive"),
            models.CheckConstraint(condition=Q(value__range=(0, 1_000_000)), name="own_limit_sane"),
            ExclusionConstraint(
                name="own_limit_no_overlap",
                expressions=[
                    *((column, RangeOperators.EQUAL) for column in ("municipality", "rule")),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
