"""Registers at random, with every kind of trouble likely: few citizens, few dates, many coincidences."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from unit.controls.town import TODAY, Town

Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of the options: hypothesis's draw, or `random.Random(seed).choice`."""

DATES = (
    date(2023, 5, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 7, 15),
    date(2026, 1, 1),
    date(2026, 3, 1),
    date(2026, 10, 31),
    TODAY - timedelta(days=1),
    TODAY,
    TODAY + timedelta(days=1),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
)
OPEN_DATES = (None, None, *DATES)
SECTIONS = ("SEL-107", "SEL-108", "SEL-85")
SERVICES = ("ophold", "stoette")


def random_town(pick: Pick, *, neighbourhoods: int = 1) -> Town:
    """Make some citizens with their suppliers, contracts and grants, so many times over, under rules they share."""
    town = Town()
    for verdict in ("refuse", "warn", "allow"):
        if pick((True, False)):
            town.rule(pick(SECTIONS), pick(SECTIONS), verdict, valid_from=pick(DATES), valid_to=pick(OPEN_DATES))
    for _ in range(neighbourhoods):
        _neighbourhood(town, pick)
    return town


def _neighbourhood(town: Town, pick: Pick) -> None:
    citizens = [
        town.citizen(died_on=pick(OPEN_DATES), moved_out=pick(OPEN_DATES), moved_in=pick(OPEN_DATES)) for _ in range(2)
    ]
    suppliers = [town.supplier(kind=pick(("private", "sole_proprietor"))) for _ in range(2)]
    offers = [_offer(town, pick, pick(suppliers)) for _ in range(2)]
    contracts = [_contract(town, pick, [*suppliers, None], [*offers, None]) for _ in range(3)]
    lines = [_line(town, pick, contract, number) for contract in contracts for number in range(pick((0, 1, 2)))]
    for _ in range(5):
        _grant(town, pick, pick(citizens), [*contracts, None], [*offers, None], [*suppliers, None], [*lines, None])


def _offer(town: Town, pick: Pick, supplier: UUID) -> UUID:
    offer = town.offer(supplier_id=supplier, approved_from=pick(OPEN_DATES), approved_to=pick(OPEN_DATES))
    for start, end in _periods(pick):
        town.portal_rate(offer, pick(("800", "999.99")), service=pick(SERVICES), valid_from=start, valid_to=end)
    return offer


def _contract(town: Town, pick: Pick, suppliers: Sequence[UUID | None], offers: Sequence[UUID | None]) -> UUID:
    starts, ends = _period(pick)
    return town.contract(
        kind=pick(("individual", "framework")),
        supplier_id=pick(suppliers),
        provider_unit_id=pick(offers),
        starts=starts,
        ends=ends,
        status=pick(("draft", "sent", "signed", "signed", "terminated")),
        signed_on=pick(OPEN_DATES),
    )


def _line(town: Town, pick: Pick, contract: UUID, number: int) -> UUID:
    rates = [(start, end, pick(("700", "900", "1000.5"))) for start, end in _periods(pick)]
    return town.line(
        contract,
        *rates,
        line_no=number + 1,
        kind=pick(("base", "special", "supplement")),
        service=pick(SERVICES),
        hours=pick((None, Decimal(0), Decimal(5))),
        hourly_rate=pick((None, Decimal(400))),
        purpose=pick((None, "", "  ", "Nattevagt")),
        evaluation_on=pick(OPEN_DATES),
    )


def _period(pick: Pick) -> tuple[date, date | None]:
    starts, ends = pick(DATES), pick(OPEN_DATES)
    return starts, None if ends is None or ends <= starts else ends


def _periods(pick: Pick) -> list[tuple[date, date | None]]:
    """Up to two periods, one after the other, with or without a gap, the last perhaps open."""
    cuts = sorted({pick(DATES) for _ in range(4)})
    step = pick((1, 2))
    found: list[tuple[date, date | None]] = [(cuts[index], cuts[index + 1]) for index in range(0, len(cuts) - 1, step)]
    if pick((True, False)):
        found.append((cuts[-1], None))
    return found[-2:]


def _grant(town: Town, pick: Pick, citizen: UUID, *others: Sequence[UUID | None]) -> None:
    contracts, offers, suppliers, lines = others
    starts, ends = _period(pick)
    grant = town.grant(
        citizen,
        section=pick(SECTIONS),
        status=pick(("granted", "granted", "granted", "stopped", "draft")),
        starts=starts,
        ends=ends,
        contract_id=pick(contracts),
        provider_unit_id=pick(offers),
        supplier_id=pick(suppliers),
        follow_up_on=pick(OPEN_DATES),
        account_string=pick((None, " ", "123", "1538521123456001")),
    )
    for number in range(pick((0, 1, 2))):
        town.service(
            grant,
            pick((None, "0", "1000", "333.3333")),
            line_no=number + 1,
            service=pick(SERVICES),
            quantity=Decimal(pick((1, 2))),
            contract_line_id=pick(lines),
        )
