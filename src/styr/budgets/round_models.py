"""Follow-up rounds (opfølgningsrunder): what a unit looked at together, what was said, and what was agreed.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import UnitScopedModel
from styr.audit.track import tracked
from styr.budgets.core.rounds import ActionState, RoundState


@tracked
class FollowUpRound(UnitScopedModel):
    """A meeting about a unit's economy of a year, with the figures as they were when it was opened (øre).

    `actual_to` is the first day after the last closed month; `run` names the forecast that the figures are of. Its
    lines are never changed: the next round is held against them.
    """

    year = models.IntegerField("budgetår")
    held_on = models.DateField("holdes")
    state = models.CharField("tilstand", max_length=10, choices=RoundState.choices())
    attendees = models.TextField("deltagere", blank=True, default="")
    summary = models.TextField("konklusion", blank=True, default="")
    run_id = models.UUIDField("prognose", null=True)
    computed_at = models.DateTimeField("prognosen er regnet", null=True)
    actual_to = models.DateField("forbrug til (eksklusiv)", null=True)
    budget_ore = models.BigIntegerField("budget i øre", null=True)
    actual_ore = models.BigIntegerField("forbrug i øre", default=0)
    forecast_ore = models.BigIntegerField("prognose i øre", default=0)
    opened_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="åbnet af")
    opened_at = models.DateTimeField("åbnet")
    closed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afsluttet af"
    )
    closed_at = models.DateTimeField("afsluttet", null=True)
    version = models.IntegerField("udgave", default=1)

    class Meta:
        verbose_name = "opfølgningsrunde"
        verbose_name_plural = "opfølgningsrunder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "unit", "year", "held_on"], name="round_once_a_day"),
            models.UniqueConstraint(
                fields=["municipality", "unit", "year"], condition=Q(state="open"), name="round_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=RoundState.values()), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="round_closed_has_who_and_when",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-held_on"], name="round_latest")]


@tracked
class RoundLine(UnitScopedModel):
    """A citizen's year as it was when the round was opened, øre; never changed."""

    round = models.ForeignKey(FollowUpRound, on_delete=models.CASCADE, related_name="lines", verbose_name="runde")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    budget_ore = models.BigIntegerField("budget i øre", null=True)
    actual_ore = models.BigIntegerField("forbrug i øre")
    forecast_ore = models.BigIntegerField("prognose i øre")

    class Meta:
        verbose_name = "rundelinje"
        verbose_name_plural = "rundelinjer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "citizen"], name="round_line_once")]


@tracked
class RoundNote(UnitScopedModel):
    """What was said, about a citizen or about the unit; rows are added, never changed."""

    round = models.ForeignKey(FollowUpRound, on_delete=models.CASCADE, related_name="notes", verbose_name="runde")
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.CASCADE, null=True, related_name="+", verbose_name="borger"
    )
    text = models.TextField("notat")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="af")
    written_at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "notat"
        verbose_name_plural = "notater"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="round_note_has_text")]


@tracked
class RoundAction(UnitScopedModel):
    """What was agreed (aftalt handling): what, who does it, by when, and what it is to save this year (øre)."""

    round = models.ForeignKey(FollowUpRound, on_delete=models.CASCADE, related_name="actions", verbose_name="runde")
    citizen = models.ForeignKey(
        "people.Citizen", on_delete=models.CASCADE, null=True, related_name="+", verbose_name="borger"
    )
    text = models.CharField("handling", max_length=300)
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig")
    due_on = models.DateField("frist")
    effect_ore = models.BigIntegerField("forventet virkning i øre", null=True)
    state = models.CharField("tilstand", max_length=10, choices=ActionState.choices())
    outcome = models.TextField("resultat", blank=True, default="")
    settled_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="afsluttet af"
    )
    settled_at = models.DateTimeField("afsluttet", null=True)
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af")
    made_at = models.DateTimeField("skrevet")
    version = models.IntegerField("udgave", default=1)

    class Meta:
        verbose_name = "aftalt handling"
        verbose_name_plural = "aftalte handlinger"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="round_action_has_text"),
            models.CheckConstraint(condition=Q(state__in=ActionState.values()), name="round_action_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(state="open") & ~Q(outcome="")),
                name="round_action_settled_tells_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "state", "due_on"], name="round_action_due"),
            models.Index(fields=["owner", "state", "due_on"], name="round_action_of_owner"),
        ]
