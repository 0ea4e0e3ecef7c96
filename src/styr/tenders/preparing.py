"""A tender is made, and told by what terms bids are judged and what vehicles, drivers and service must live up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from styr.kernel.ids import uuid7
from styr.tenders.acting import UnableToTenderError, allow, locked
from styr.tenders.core.codes import Element, PriceModel, SplitBy, TenderKind, TenderState
from styr.tenders.core.money_rules import procedure_of
from styr.tenders.lotting import EU_THRESHOLD, lay_lots
from styr.tenders.models import Requirement, ServiceCriterion, Tender
from styr.transport.requirements import TENDER, requirements_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.tenders.gathering import Choice
    from styr.trips.ordering import By

DEFAULT_CRITERIA: Final = (
    ("Tryghed og kontinuitet", 40, "Faste chauffører, overlevering og håndtering af udfordrende situationer."),
    ("Punktlighed og beredskab", 40, "Planlægning, reservevogne og besked ved forsinkelse."),
    ("Klima", 20, "Vognenes alder og drivmiddel og plan for omstilling."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTender:
    """A tender as it is asked for: a contract in [starts, ends), volumes counted in [basis_from, basis_to)."""

    name: str
    kind: TenderKind
    choice: Choice
    split_by: SplitBy
    basis_from: date
    basis_to: date
    starts: date
    ends: date
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what bids are judged; percentages. Chosen before anybody may bid, and never after."""

    price_weight: int
    price_model: PriceModel
    spread_percent: int
    abnormal_percent: int
    criteria: tuple[tuple[str, int, str], ...]


@transaction.atomic
def make_tender(*, asked: NewTender, by: By) -> UUID:
    """Make a draft with lots, volumes, the shipped requirements and usual criteria; return its id.

    Raises:
        UnableToTenderError: no rides fit, the days make no sense, or the actor may not.
    """
    allow(by)
    if not asked.name.strip() or not asked.elements:
        raise UnableToTenderError("Udbuddet skal have et navn og mindst ét priselement.")
    if not asked.basis_from < asked.basis_to or not asked.starts < asked.ends:
        raise UnableToTenderError("Den sidste dag ligger før den første.")
    if asked.starts < by.today:
        raise UnableToTenderError("Aftalen kan tidligst begynde i dag.")
    last = Tender.objects.aggregate(last=Max("number"))["last"] or 0
    tender = Tender.objects.create(
        id=uuid7(), municipality_id=by.municipality_id, number=last + 1, name=asked.name.strip()[:120],
        kind=asked.kind.value, procedure=procedure_of(None, kind=asked.kind, eu=EU_THRESHOLD).value,
        choice=asked.choice.kept(), basis_from=asked.basis_from, basis_to=asked.basis_to, starts=asked.starts,
        ends=asked.ends, elements=[one.value for one in asked.elements], made_by_id=by.actor_id, made_at=by.now,
    )  # fmt: skip
    lay_lots(tender, asked.split_by, by)
    Requirement.objects.bulk_create(
        Requirement(
            id=uuid7(),
            municipality_id=by.municipality_id,
            tender=tender,
            code=one.code,
            part=one.group,
            text=one.text,
            must=one.demanded,
            proof=one.proof,
            needs_check=one.check,
        )
        for one in requirements_on(by.today, use=TENDER)
    )
    _keep_criteria(tender, DEFAULT_CRITERIA)
    return tender.id


@transaction.atomic
def set_terms(*, tender_id: UUID, terms: Terms, by: By) -> None:
    """Choose the model, the weights and what service is judged by.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or weights do not come to 100.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    if sum(weight for _, weight, _ in terms.criteria) != 100 and terms.price_weight < 100:  # noqa: PLR2004 -- per cent
        raise UnableToTenderError("Underkriteriernes vægte skal give 100 procent til sammen.")
    tender.price_weight, tender.price_model = terms.price_weight, terms.price_model.value
    tender.spread_percent, tender.abnormal_percent = terms.spread_percent, terms.abnormal_percent
    tender.save(update_fields=["price_weight", "price_model", "spread_percent", "abnormal_percent"])
    tender.criteria.all().delete()
    _keep_criteria(tender, terms.criteria)


@transaction.atomic
def keep_requirements(*, tender_id: UUID, kept: Sequence[tuple[str, str, bool]], by: By) -> None:
    """Keep these requirements: (code, text, whether it is a minimum); the others go, and an unknown code is a new one.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    known = {one.code: one for one in tender.requirements.all()}
    tender.requirements.exclude(code__in=[code for code, _, _ in kept]).delete()
    for code, text, must in kept:
        one = known.get(code)
        if one is None:
            Requirement.objects.create(
                id=uuid7(), municipality_id=tender.municipality_id, tender=tender, code=code, part="Eget", text=text,
                must=must,
            )  # fmt: skip
        elif (one.text, one.must) != (text, must):
            Requirement.objects.filter(id=one.id).update(text=text, must=must)


def _keep_criteria(tender: Tender, criteria: Sequence[tuple[str, int, str]]) -> None:
    ServiceCriterion.objects.bulk_create(
        ServiceCriterion(
            id=uuid7(), municipality_id=tender.municipality_id, tender=tender, number=number, name=name, weight=weight,
            text=text,
        )
        for number, (name, weight, text) in enumerate(criteria, start=1)
    )  # fmt: skip
