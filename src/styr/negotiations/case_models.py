"""Negotiations (forhandlinger): the case, what it may not go below, its log and its arguments.

`models` gives these names on; nobody else imports this module.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from styr.access.tenant import TenantModel
from styr.audit.track import tracked, tracked_except
from styr.negotiations.core.codes import ArgumentOutcome, CaseStatus, EntryKind, Reason, SavingKind


@tracked
class Negotiation(TenantModel):
    """A negotiation with a supplier about a contract or a grant (forhandlingssag).

    The negotiator is never the caseworker of a grant that it is about (roller adskilt): the database holds it. The
    potential in øre is what the list said when it was opened; the goal is ours and may be told.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhed")
    title = models.CharField("emne", max_length=200)
    supplier = models.ForeignKey(
        "suppliers.Supplier", on_delete=models.PROTECT, related_name="+", verbose_name="leverandør"
    )
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kontrakt"
    )
    grant = models.ForeignKey("grants.Grant", on_delete=models.PROTECT, related_name="+", verbose_name="bevilling")
    kind = models.CharField("art", max_length=30, choices=SavingKind.choices())
    status = models.CharField("status", max_length=10, choices=CaseStatus.choices(), default=CaseStatus.OPEN.value)
    negotiator = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="forhandler")
    goal = models.TextField("mål", max_length=2000)
    low_ore = models.BigIntegerField("potentiale, lavt", null=True)
    likely_ore = models.BigIntegerField("potentiale, sandsynligt", null=True)
    high_ore = models.BigIntegerField("potentiale, højt", null=True)
    opened_at = models.DateTimeField("åbnet")
    closed_on = models.DateField("afsluttet", null=True)
    draft = models.ForeignKey(
        "drafting.ContractDraft", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="kontraktudkast"
    )

    class Meta:
        verbose_name = "forhandling"
        verbose_name_plural = "forhandlinger"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=CaseStatus.values(), kind__in=SavingKind.values()),
                name="negotiation_codes_known",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(goal=""), name="negotiation_says_what_it_wants"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on__isnull=True) | (~Q(status="open") & Q(closed_on__isnull=False)),
                name="negotiation_closed_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["grant", "kind"], condition=Q(status="open"), name="negotiation_one_open_about_it"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "status", "-opened_at"], name="negotiation_latest")]


class CasePart(TenantModel):
    """What belongs to a negotiation; unit and grant repeat the negotiation's."""

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="enhed")
    grant_ref = models.UUIDField("bevilling")

    class Meta:
        abstract = True


@tracked
class CaseLimit(CasePart):
    """What we walk away at (smertegrænse): read by those alone who negotiate, and by nobody else in the database."""

    negotiation = models.OneToOneField(
        Negotiation, on_delete=models.CASCADE, related_name="limit", verbose_name="forhandling"
    )
    walk_away = models.TextField("smertegrænse", max_length=2000)

    class Meta:
        verbose_name = "smertegrænse"
        verbose_name_plural = "smertegrænser"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(walk_away=""), name="case_limit_says_what")]


@tracked
class CaseEntry(CasePart):
    """A line of a negotiation's log: an offer, a counter-offer, a meeting, a letter. Lines are only added."""

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.CASCADE, related_name="entries", verbose_name="forhandling"
    )
    kind = models.CharField("art", max_length=10, choices=EntryKind.choices())
    happened_on = models.DateField("dato")
    amount = models.DecimalField("tilbudt pris", max_digits=14, decimal_places=4, null=True)
    words = models.TextField("indhold", max_length=4000)
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af")
    made_at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "linje i forhandling"
        verbose_name_plural = "linjer i forhandling"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values()) & ~Q(words=""), name="case_entry_sensible"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="case_entry_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["negotiation", "happened_on"], name="case_entry_of_case")]


@tracked_except("content")
class CaseLetter(CasePart):
    """A letter to the supplier (brev): its text is sealed, and never changed once it is sent."""

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.CASCADE, related_name="letters", verbose_name="forhandling"
    )
    template = models.CharField("brevskabelon", max_length=40)
    subject = models.CharField("emne", max_length=200)
    content = models.BinaryField("brev, forseglet")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_at = models.DateTimeField("skrevet")
    sent_on = models.DateField("sendt", null=True)
    sent_to = models.CharField("sendt til", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "brev i forhandling"
        verbose_name_plural = "breve i forhandling"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(subject=""), name="case_letter_has_subject"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_to="") | (Q(sent_on__isnull=False) & ~Q(sent_to="")),
                name="case_letter_sent_to_somebody",
            ),
        ]


@tracked
class CaseMeeting(CasePart):
    """A meeting with the supplier about a negotiation; agenda, minutes and what was agreed are the meeting's own."""

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.CASCADE, related_name="meetings", verbose_name="forhandling"
    )
    meeting = models.OneToOneField(
        "deliveries.SupplierMeeting", on_delete=models.CASCADE, related_name="+", verbose_name="møde"
    )

    class Meta:
        verbose_name = "møde i forhandling"
        verbose_name_plural = "møder i forhandling"


@tracked
class ArgumentTemplate(TenantModel):
    """An argument to use again (argumentskabelon); the program comes with some, and people add their own."""

    reason = models.CharField("grund", max_length=30, choices=Reason.choices())
    title = models.CharField("navn", max_length=200)
    words = models.TextField("argument", max_length=2000)
    retired = models.BooleanField("ikke i brug", default=False)

    class Meta:
        verbose_name = "argumentskabelon"
        verbose_name_plural = "argumentskabeloner"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values()) & ~Q(title="") & ~Q(words=""), name="argument_template_sensible"
            ),
            models.UniqueConstraint(fields=["municipality", "title"], name="argument_template_once"),
        ]


@tracked
class CaseArgument(CasePart):
    """An argument used in a negotiation, with its evidence, and what it brought."""

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.CASCADE, related_name="arguments", verbose_name="forhandling"
    )
    reason = models.CharField("grund", max_length=30, choices=Reason.choices())
    words = models.TextField("argument", max_length=2000)
    evidence = models.TextField("dokumentation", max_length=4000, blank=True, default="")
    outcome = models.CharField(
        "udfald", max_length=10, choices=ArgumentOutcome.choices(), default=ArgumentOutcome.OPEN.value
    )

    class Meta:
        verbose_name = "argument"
        verbose_name_plural = "argumenter"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values(), outcome__in=ArgumentOutcome.values()) & ~Q(words=""),
                name="case_argument_sensible",
            ),
        ]
