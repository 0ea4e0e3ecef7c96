"""What a supplement's draft changes, and what holds without it: from what was written, and from the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from styr.contracts import queries as contracts
from styr.contracts.agreed import agreed_card
from styr.contracts.core.codes import IndexKind
from styr.drafting.core.before_after import Held, PricedLine
from styr.drafting.core.changes import Changes, NewPrice, NewTerms, changes_of
from styr.drafting.steps import UnableToMoveDraftError
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from styr.contracts.agreed import AgreedCard
    from styr.contracts.queries import ContractCard, LineCard
    from styr.drafting.written import Written


def changes_in(written: Written) -> Changes:
    """What was written of a supplement's changes; a draft from before they were typed has one price at the most."""
    if written.changes:
        return changes_of(written.changes)
    prices = (NewPrice(written.line_id, Decimal(written.price)),) if written.line_id and written.price else ()
    return Changes(starts=date.fromisoformat(written.starts), prices=prices)


def held_on(card: ContractCard, day: date, *, agreed: AgreedCard | None = None) -> Held:
    """What the register holds of a contract on a day: its own terms with what supplements made of them; two queries."""
    names = contracts.service_names()
    terms = (agreed or agreed_card(card.id)).amended(day)
    if terms.notice_days is None:
        terms = replace(terms, notice_days=card.notice_days)
    if terms.billable is None:
        terms = replace(terms, free_days=card.absence_free_days, billable=card.absence_billable)
    return Held(
        last_day=None if card.ends is None else card.ends - ONE_DAY,
        terms=terms,
        lines={
            str(line.id): PricedLine(names.get(line.service, line.service), Unit(line.unit), _price(line, day))
            for line in card.lines
        },
    )


def refuse_unfit_changes(card: ContractCard, changes: Changes) -> None:
    """Refuse changes that do not fit their contract.

    Raises:
        UnableToMoveDraftError: a day lies outside the contract, a line is another's, or a term lacks its other half.
    """
    if changes.starts < card.starts or (card.ends is not None and changes.starts >= card.ends):
        raise UnableToMoveDraftError("Tillægget skal gælde fra en dag i kontraktens periode.")
    if not {one.line_id for one in changes.prices} <= {str(line.id) for line in card.lines}:
        raise UnableToMoveDraftError("Linjen hører ikke til kontrakten.")
    if changes.last_day is not None and (changes.open_ended or changes.last_day < changes.starts):
        raise UnableToMoveDraftError("Den nye sidste dag skal ligge efter tillæggets første dag.")
    if changes.special is not None and changes.special.last_day and changes.special.last_day < changes.starts:
        raise UnableToMoveDraftError("Særtaksten skal slutte efter tillæggets første dag.")
    _refuse_half_terms(changes.terms, held_on(card, changes.starts))


def _refuse_half_terms(terms: NewTerms, held: Held) -> None:
    """Refuse a term that lacks its other half."""
    index = terms.index_kind
    halves = (
        ((terms.free_days is None) != (terms.billable is None),
         "Fravær skal have både dage med fuld betaling og betaling derefter."),
        (index is IndexKind.PERCENT and terms.index_percent is None, "Fast procent om året skal have en procent."),
        (terms.index_percent is not None and index not in {IndexKind.PERCENT, IndexKind.PL},
         "Procenten hører til en regulering. Vælg hvilken."),
        (terms.notice_from is not None and (terms.notice_days, held.terms.notice_days) == (None, None),
         "Skriv, hvor mange dage varslet er."),
    )  # fmt: skip
    for lacks, told in halves:
        if lacks:
            raise UnableToMoveDraftError(told)


def _price(line: LineCard, day: date) -> Decimal | None:
    holding = [rate for rate in line.rates if rate.valid_from <= day and (rate.valid_to is None or rate.valid_to > day)]
    return holding[-1].amount if holding else None
