"""What the pages read of the catalogue. Nothing here is about a citizen; the whole municipality sees the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from styr.initiatives.core.codes import Effect, Level, Measure, Phase, Political, Service, Status
from styr.initiatives.core.interval import Interval, Total, read, total
from styr.initiatives.core.measured import Effect as Brought
from styr.initiatives.core.plan import PlanStep
from styr.initiatives.core.remarks import Amounts, Stated, remarks
from styr.initiatives.models import Catalogue, Dependency, Initiative, MeasuredEffect, Risk, Step
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID


NOT_YET: Final = Brought(None, "Ikke målt endnu: det sker af sig selv inden for få minutter.")


class UnknownInitiativeError(NotThere):
    """There is no such initiative or catalogue for the caller."""

    def __init__(self) -> None:
        super().__init__("Indsatsen eller kataloget findes ikke.")


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A catalogue; amounts in millions of kroner."""

    id: UUID
    name: str
    year: int | None
    phase: Phase
    stated: Stated
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """An initiative; amounts in millions of kroner, None where not estimated."""

    id: UUID
    catalogue_id: UUID
    number: int
    title: str
    theme: str
    text: str
    baseline: Interval | None
    saving: Interval | None
    investment: Interval | None
    owner: str
    departments: tuple[str, ...]
    political: Political
    political_on: date | None
    service: Service
    effects: tuple[Effect, ...]
    effect_text: str
    status: Status
    priority: int | None
    measure: Measure
    measured_from: date | None
    transport_areas: tuple[int, ...]
    transport_kinds: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class RiskView:
    """What may go wrong, and the answer to it."""

    id: UUID
    text: str
    likely: Level
    grave: Level
    answer: str


@dataclass(frozen=True, slots=True)
class Needed:
    """An initiative that another waits for, or that waits for another."""

    id: UUID
    initiative_id: UUID
    number: int
    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """All that is known of one initiative."""

    initiative: InitiativeView
    catalogue: CatalogueView
    steps: tuple[PlanStep, ...]
    risks: tuple[RiskView, ...]
    needs: tuple[Needed, ...]
    needed_by: tuple[Needed, ...]
    effect: Brought
    others: tuple[InitiativeView, ...]

    @property
    def same_kroner(self) -> tuple[InitiativeView, ...]:
        """The others that are measured on the same kroner."""
        return tuple(one for one in self.others if same_kroner(self.initiative, one))

    @property
    def choices(self) -> list[tuple[UUID, int, str]]:
        """The others of its catalogue, by number: id, number, title."""
        own = [one for one in self.others if one.catalogue_id == self.initiative.catalogue_id]
        return [(one.id, one.number, one.title) for one in sorted(own, key=lambda one: one.number)]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """A catalogue with its initiatives in their order, and what they come to."""

    catalogue: CatalogueView
    rows: tuple[InitiativeView, ...]

    @property
    def saving(self) -> Total:
        """What all of them save together; those that are stopped or refused are left out."""
        return total(row.saving for row in self.rows if counts(row))

    @property
    def left_out(self) -> int:
        """How many are stopped or refused."""
        return sum(not counts(row) for row in self.rows)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the source's own sums do not agree with."""
        return remarks(self.catalogue.stated, [Amounts(row.number, row.baseline, row.saving) for row in self.rows])

    def saving_of(self, status: Status) -> Total:
        """What those of one status save."""
        return total(row.saving for row in self.rows if row.status is status and counts(row))


def counts(row: InitiativeView) -> bool:
    """Whether what it is to save can still come."""
    return row.status is not Status.STOPPED and row.political is not Political.REFUSED


def same_kroner(initiative: InitiativeView, other: InitiativeView) -> bool:
    """Whether two initiatives are measured on the same kroner, so that their effects are never added."""
    if initiative.measure is not other.measure or initiative.measure is Measure.NONE or initiative.id == other.id:
        return False
    if initiative.measure is not Measure.TRANSPORT:
        return True
    areas, others = set(initiative.transport_areas), set(other.transport_areas)
    kinds, their_kinds = set(initiative.transport_kinds), set(other.transport_kinds)
    return (not areas or not others or bool(areas & others)) and (
        not kinds or not their_kinds or bool(kinds & their_kinds)
    )


def catalogues() -> tuple[CatalogueView, ...]:
    """Every catalogue, the latest baseline first. One query."""
    return tuple(catalogue_view(one) for one in Catalogue.objects.order_by("-year", "name"))


def catalogue_page(catalogue_id: UUID) -> CataloguePage:
    """A catalogue with its initiatives: the prioritised first, then by number. Two queries.

    Raises:
        UnknownInitiativeError: there is none.
    """
    found = Catalogue.objects.filter(id=catalogue_id).first()
    if found is None:
        raise UnknownInitiativeError
    return CataloguePage(catalogue_view(found), _ordered(Initiative.objects.filter(catalogue_id=catalogue_id)))


def all_initiatives() -> tuple[InitiativeView, ...]:
    """Every initiative of every catalogue. One query."""
    return _ordered(Initiative.objects.all())


def initiative_page(initiative_id: UUID) -> InitiativePage:
    """One initiative with plan, risks, what it waits for, and which others are measured on its kroner. Five queries.

    Raises:
        UnknownInitiativeError: there is none.
    """
    found = Initiative.objects.select_related("catalogue", "effect").filter(id=initiative_id).first()
    if found is None:
        raise UnknownInitiativeError
    pairs = list(
        Dependency.objects.filter(Q(initiative=found) | Q(needs=found))
        .select_related("initiative", "needs")
        .order_by("needs__number", "initiative__number")
    )
    view = initiative_view(found)
    return InitiativePage(
        initiative=view,
        effect=_brought(found.effect) if hasattr(found, "effect") else NOT_YET,
        others=tuple(one for one in all_initiatives() if one.id != view.id),
        catalogue=catalogue_view(found.catalogue),
        steps=tuple(
            PlanStep(one.id, one.name, one.starts, one.ends, one.done_on, one.after_id)
            for one in Step.objects.filter(initiative=found).order_by("starts", "ends")
        ),
        risks=tuple(
            RiskView(one.id, one.text, Level(one.likely), Level(one.grave), one.answer)
            for one in Risk.objects.filter(initiative=found).order_by("id")
        ),
        needs=tuple(_needed(one.id, one.needs) for one in pairs if one.initiative_id == found.id),
        needed_by=tuple(_needed(one.id, one.initiative) for one in pairs if one.needs_id == found.id),
    )


def effects() -> dict[UUID, Brought]:
    """What each initiative brought, as a job last measured it. One query."""
    return {one.initiative_id: _brought(one) for one in MeasuredEffect.objects.all()}


def catalogue_view(one: Catalogue) -> CatalogueView:
    """A catalogue as the pages have it."""
    stated = Stated(read(one.baseline), read(one.stated), one.stated_number)
    return CatalogueView(one.id, one.name, one.year, Phase(one.phase), stated, one.note, one.version)


def initiative_view(one: Initiative) -> InitiativeView:
    """An initiative as the pages have it."""
    return InitiativeView(
        id=one.id,
        catalogue_id=one.catalogue_id,
        number=one.number,
        title=one.title,
        theme=one.theme,
        text=one.text,
        baseline=read(one.baseline),
        saving=read(one.saving),
        investment=read(one.investment),
        owner=one.owner,
        departments=tuple(one.departments),
        political=Political(one.political),
        political_on=one.political_on,
        service=Service(one.service),
        effects=tuple(Effect(code) for code in one.effects),
        effect_text=one.effect_text,
        status=Status(one.status),
        priority=one.priority,
        measure=Measure(one.measure),
        measured_from=one.measured_from,
        transport_areas=tuple(one.transport_areas),
        transport_kinds=tuple(one.transport_kinds),
        version=one.version,
    )


def _ordered(found: Iterable[Initiative]) -> tuple[InitiativeView, ...]:
    views = [initiative_view(one) for one in found]
    return tuple(sorted(views, key=lambda one: (one.priority is None, one.priority or 0, one.number)))


def _needed(id_: UUID, one: Initiative) -> Needed:
    return Needed(id_, one.id, one.number, one.title, Status(one.status))


def _brought(one: MeasuredEffect) -> Brought:
    return Brought(one.ore, one.words, one.address, one.before_ore, one.after_ore, one.parts, one.made_at)
