"""A tender before anybody bids: what is bought, in which lots, by which rules, and who works on it.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from styr.access.tenant import TenantModel, UnitScopedModel
from styr.audit.track import tracked
from styr.tenders.core.codes import Element, Need, PriceModel, Procedure, TenderKind, TenderState


@tracked
class Tender(TenantModel):
    """A tender of rides (udbud), from the choice of rides to prices in force.

    `choice` holds `gathering.Choice`; trips of [basis_from, basis_to) are what volumes are counted from, and the
    contract runs in [starts, ends). Price weighs `price_weight` per cent and service the rest.
    """

    number = models.IntegerField("nummer")
    name = models.CharField("navn", max_length=120)
    kind = models.CharField("art", max_length=10, choices=TenderKind.choices())
    state = models.CharField("status", max_length=20, choices=TenderState.choices(), default=TenderState.DRAFT.value)
    procedure = models.CharField("fremgangsmåde", max_length=20, choices=Procedure.choices())
    choice = models.JSONField("valgte kørsler", default=dict)
    basis_from = models.DateField("ture fra")
    basis_to = models.DateField("ture til (eksklusiv)")
    starts = models.DateField("aftalen begynder")
    ends = models.DateField("aftalen slutter (eksklusiv)")
    elements = ArrayField(models.CharField(max_length=20, choices=Element.choices()), verbose_name="priselementer")
    price_weight = models.IntegerField("pris i procent", default=60)
    price_model = models.CharField(
        "pointmodel for pris", max_length=10, choices=PriceModel.choices(), default=PriceModel.LINEAR.value
    )
    spread_percent = models.IntegerField("0 point ved så mange procent over laveste", default=50)
    abnormal_percent = models.IntegerField("unormalt lavt ved så mange procent under de andre", default=25)
    published_on = models.DateField("offentliggjort", null=True)
    questions_until = models.DateField("spørgsmål senest", null=True)
    bids_until = models.DateTimeField("tilbud senest", null=True)
    first_opener = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="åbnet af"
    )
    second_opener = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="åbnet sammen med"
    )
    opened_at = models.DateTimeField("åbnet", null=True)
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="besluttet af"
    )
    decided_on = models.DateField("besluttet", null=True)
    told_on = models.DateField("underrettet", null=True)
    standstill_until = models.DateField("standstill til og med", null=True)
    note = models.CharField("begrundelse", max_length=2000, blank=True, default="")
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="oprettet af")
    made_at = models.DateTimeField("oprettet")

    class Meta:
        verbose_name = "udbud af kørsel"
        verbose_name_plural = "udbud af kørsel"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="tender_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="tender_named"),
            models.CheckConstraint(condition=Q(kind__in=TenderKind.values()), name="tender_kind_known"),
            models.CheckConstraint(condition=Q(state__in=TenderState.values()), name="tender_state_known"),
            models.CheckConstraint(condition=Q(procedure__in=Procedure.values()), name="tender_procedure_known"),
            models.CheckConstraint(condition=Q(price_model__in=PriceModel.values()), name="tender_model_known"),
            models.CheckConstraint(
                condition=Q(basis_from__lt=F("basis_to"), starts__lt=F("ends")), name="tender_has_days"
            ),
            models.CheckConstraint(
                condition=Q(
                    price_weight__range=(0, 100), spread_percent__range=(1, 1000), abnormal_percent__range=(1, 100)
                ),
                name="tender_percentages",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(published_on__isnull=False, bids_until__isnull=False, questions_until__isnull=False),
                name="tender_published_with_deadlines",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["opened", "awarded", "concluded"])
                | Q(first_opener__isnull=False, second_opener__isnull=False, opened_at__gte=F("bids_until")),
                name="tender_opened_by_two_after_deadline",
            ),
            models.CheckConstraint(
                condition=Q(second_opener__isnull=True) | ~Q(second_opener=F("first_opener")),
                name="tender_openers_are_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["awarded", "concluded"])
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(note=""),
                name="tender_awarded_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "-made_at"], name="tender_latest")]


@tracked
class Lot(TenantModel):
    """A part of a tender that is bid on by itself (delaftale), with what its rides come to in a year."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="lots", verbose_name="udbud")
    number = models.IntegerField("nummer")
    name = models.CharField("navn", max_length=120)
    riders = models.IntegerField("borgere", default=0)
    months = ArrayField(models.IntegerField(), verbose_name="ture pr. måned", default=list)
    measured_percent = models.IntegerField("kørte ture i procent", default=0)
    ending = models.IntegerField("borgere, hvis bevilling ender inden et år", default=0)
    unknown_km = models.IntegerField("borgere uden kendt vej", default=0)
    peak_vehicles = models.IntegerField("vogne i den travleste time", default=0)
    today_ore = models.BigIntegerField("pris pr. år i dag i øre", null=True)

    class Meta:
        verbose_name = "delaftale"
        verbose_name_plural = "delaftaler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "number"], name="tender_lot_once"),
            models.CheckConstraint(condition=~Q(name="") & Q(number__gt=0), name="tender_lot_named"),
        ]


@tracked
class LotVolume(TenantModel):
    """How much of a price element a lot takes in a year; `by_hand` with a note where a person knows better."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="volumes", verbose_name="delaftale")
    element = models.CharField("priselement", max_length=20, choices=Element.choices())
    quantity = models.DecimalField("mængde", max_digits=14, decimal_places=2)
    low = models.DecimalField("heraf bevilget et år frem", max_digits=14, decimal_places=2)
    by_hand = models.BooleanField("rettet i hånden", default=False)
    note = models.CharField("begrundelse", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "mængde i en delaftale"
        verbose_name_plural = "mængder i delaftaler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lot", "element"], name="lot_volume_once"),
            models.CheckConstraint(condition=Q(element__in=Element.values()), name="lot_volume_element_known"),
            models.CheckConstraint(condition=Q(quantity__gte=0, low__gte=0), name="lot_volume_not_negative"),
            models.CheckConstraint(condition=Q(by_hand=False) | ~Q(note=""), name="lot_volume_by_hand_says_why"),
        ]


@tracked
class TenderRide(UnitScopedModel):
    """A citizen's rides in a lot, as they were counted (`core.rides.Ride`): never handed to a bidder."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="rides", verbose_name="udbud")
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="rides", verbose_name="delaftale")
    grant = models.ForeignKey("grants.Grant", on_delete=models.CASCADE, related_name="+", verbose_name="bevilling")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.CASCADE, related_name="+", verbose_name="borger")
    area = models.CharField("område", max_length=100, blank=True, default="")
    destination = models.ForeignKey(
        "transport.Place", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="mål"
    )
    destination_name = models.CharField("målets navn", max_length=120, blank=True, default="")
    need = models.CharField("behov", max_length=20, choices=Need.choices())
    weekdays = models.IntegerField("ugedage", default=0)
    out_arrive = models.CharField("fremme", max_length=5, blank=True, default="")
    back_leave = models.CharField("hjem", max_length=5, blank=True, default="")
    measured = models.BooleanField("talt af ture", default=True)
    trips = models.IntegerField("ture pr. år")
    km = models.DecimalField("km pr. år", max_digits=12, decimal_places=2, null=True)
    minutes = models.IntegerField("minutter pr. år", null=True)
    waiting = models.IntegerField("ventetid pr. år", default=0)
    lifts = models.IntegerField("lift pr. år", default=0)
    bridges = models.IntegerField("broer pr. år", default=0)
    no_shows = models.IntegerField("udeblivelser pr. år", default=0)
    cost_ore = models.BigIntegerField("pris pr. år i øre", null=True)
    months = ArrayField(models.IntegerField(), verbose_name="ture pr. måned", default=list)
    ends = models.DateField("bevillingen slutter (eksklusiv)", null=True)

    class Meta:
        verbose_name = "kørsel i et udbud"
        verbose_name_plural = "kørsler i et udbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "grant"], name="tender_ride_once"),
            models.CheckConstraint(condition=Q(need__in=Need.values()), name="tender_ride_need_known"),
        ]


@tracked
class Requirement(TenantModel):
    """What vehicles, drivers and service must live up to (krav)."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="requirements", verbose_name="udbud")
    code = models.CharField("kode", max_length=10)
    part = models.CharField("om", max_length=40)
    text = models.CharField("krav", max_length=500)
    must = models.BooleanField("mindstekrav", default=True)
    proof = models.CharField("dokumentation", max_length=200, blank=True, default="")
    needs_check = models.BooleanField("kontrollér", default=False)

    class Meta:
        verbose_name = "krav i et udbud"
        verbose_name_plural = "krav i udbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "code"], name="tender_requirement_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(code=""), name="tender_requirement_says_what"),
        ]


@tracked
class ServiceCriterion(TenantModel):
    """What service is judged by (underkriterium), with its share of the points for service."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="criteria", verbose_name="udbud")
    number = models.IntegerField("nummer")
    name = models.CharField("navn", max_length=120)
    weight = models.IntegerField("vægt i procent")
    text = models.CharField("hvad der lægges vægt på", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "underkriterium"
        verbose_name_plural = "underkriterier"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "number"], name="service_criterion_once"),
            models.CheckConstraint(
                condition=~Q(name="") & Q(weight__range=(1, 100)), name="service_criterion_weighs_something"
            ),
        ]


@tracked
class Question(TenantModel):
    """A question and its answer (spørgsmål og svar), told to everybody alike; who asked is deliberately not kept."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="questions", verbose_name="udbud")
    number = models.IntegerField("nummer")
    asked_on = models.DateField("stillet")
    text = models.CharField("spørgsmål", max_length=2000)
    answer = models.CharField("svar", max_length=4000, blank=True, default="")
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="besvaret af"
    )
    answered_on = models.DateField("besvaret", null=True)

    class Meta:
        verbose_name = "spørgsmål til et udbud"
        verbose_name_plural = "spørgsmål til udbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "number"], name="tender_question_once"),
            models.CheckConstraint(condition=~Q(text=""), name="tender_question_asks"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False),
                name="tender_question_answered_by_somebody",
            ),
        ]


@tracked
class Invitation(TenantModel):
    """An operator asked to bid in a mini tender; nobody else may."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="invitations", verbose_name="udbud")
    operator = models.ForeignKey(
        "transport.Operator", on_delete=models.PROTECT, related_name="+", verbose_name="operatør"
    )

    class Meta:
        verbose_name = "indbydelse"
        verbose_name_plural = "indbydelser"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "operator"], name="invitation_once")]


@tracked
class TenderPerson(TenantModel):
    """Somebody who has declared whether anything stands in the way (habilitet), and perhaps judges service.

    `submitted_at` closes their points; until both have closed theirs, neither sees the other's.
    """

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="people", verbose_name="udbud")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="person")
    conflict = models.BooleanField("interessekonflikt")
    text = models.CharField("forklaring", max_length=500, blank=True, default="")
    declared_at = models.DateTimeField("erklæret")
    submitted_at = models.DateTimeField("point afgivet", null=True)

    class Meta:
        verbose_name = "person i et udbud"
        verbose_name_plural = "personer i udbud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "user"], name="tender_person_once"),
            models.CheckConstraint(condition=Q(conflict=False) | ~Q(text=""), name="tender_conflict_explained"),
            models.CheckConstraint(
                condition=Q(conflict=False) | Q(submitted_at__isnull=True), name="tender_conflict_judges_nothing"
            ),
        ]
