"""Turns the rows of an overview into rows of the registers; knows no database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from styr.contracts.core.rows import ContractLineRow, ContractRateRow, ContractRow
from styr.grants.core.rows import GrantRow, ServiceLineRow
from styr.integrations.spreadsheets.core.overview import OverviewRow
from styr.kernel.units import Per, Unit
from styr.kernel.upsert import RowError
from styr.people.core.rows import CitizenRow
from styr.suppliers.core.rows import SupplierRow

Numbered = tuple[int, OverviewRow]
"""A row with its place in the file, counted from 0."""

_ONE = Decimal(1)
_FOLLOWS = {
    Unit.DAY.value: Per.DAY.value,
    Unit.OPENING_DAY.value: Per.DAY.value,
    Unit.WEEK.value: Per.WEEK.value,
    Unit.MONTH.value: Per.MONTH.value,
    Unit.ONCE.value: Per.TOTAL.value,
}
"""What one of a unit is granted per, where the row says nothing: a døgn a day, a month a month, a one-off in all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a register, and the rows of the overview that it was made from."""

    row: Any
    made_from: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What citizens, suppliers, the unit and grants without a number are called: known ones by their own numbers."""

    citizen: Callable[[str], str]
    supplier: Callable[[str], str]
    grant: Callable[[OverviewRow], str]
    unit: str


def row_errors(rows: Sequence[Numbered]) -> list[RowError]:
    """What is wrong with rows by themselves, and with rows that belong together."""
    return [*_nameless(rows), *_unmeasured(rows), *_at_odds(rows)]


def citizens(rows: Iterable[Numbered], names: Names) -> list[Part]:
    """One citizen a CPR number, as the last of their rows tells of them."""
    return [
        Part(_citizen(of[-1][1], names), tuple(number for number, _ in of))
        for of in _grouped(rows, lambda row: row.cpr).values()
    ]


def suppliers(rows: Iterable[Numbered], names: Names) -> list[Part]:
    """One supplier a CVR number."""
    return [
        Part(
            SupplierRow(source_id=names.supplier(cvr), cvr=cvr, name=of[-1][1].supplier_name, kind="private"),
            tuple(number for number, _ in of),
        )
        for cvr, of in _grouped(rows, lambda row: row.cvr).items()
    ]


def contracts(rows: Iterable[Numbered], names: Names) -> list[Part]:
    """One contract a number: individual where it is for one citizen, signed where one of its rows says when."""
    return [
        Part(_contract(number, [row for _, row in of], names), tuple(place for place, _ in of))
        for number, of in _grouped(_under_contract(rows), lambda row: row.contract_number).items()
    ]


def contract_lines(rows: Iterable[Numbered]) -> list[Part]:
    """One line of a contract for each service and price."""
    return [
        Part(
            ContractLineRow(contract_number=contract, line_no=line_no, kind="base", service=of[0][1].service,
                            unit=of[0][1].unit),
            tuple(place for place, _ in of),
        )
        for contract, line_no, of in _lines(rows)
    ]  # fmt: skip


def contract_rates(rows: Iterable[Numbered]) -> list[Part]:
    """The price of each line, from the first day that anybody was granted it."""
    return [
        Part(
            ContractRateRow(contract_number=contract, line_no=line_no, valid_from=min(row.starts for _, row in of),
                            amount=of[0][1].amount),
            tuple(place for place, _ in of),
        )
        for contract, line_no, of in _lines(rows)
    ]  # fmt: skip


def grants(rows: Iterable[Numbered], names: Names) -> list[Part]:
    """One grant a number, or a citizen, section, service and supplier where there is none."""
    return [
        Part(_grant(number, [row for _, row in of], names), tuple(place for place, _ in of))
        for number, of in _grouped(rows, names.grant).items()
    ]


def service_lines(rows: Sequence[Numbered], names: Names) -> list[Part]:
    """One service line a row, priced by the contract's line where the row has a contract."""
    line_of = {place: line_no for _, line_no, of in _lines(rows) for place, _ in of}
    found = []
    for number, of in _grouped(rows, names.grant).items():
        ordered = sorted(of, key=lambda one: (one[1].service, one[1].unit, one[1].starts, one[1].amount))
        for line_no, (place, row) in enumerate(ordered, start=1):
            found.append(Part(_service_line(number, line_no, row, line_of.get(place)), (place,)))
    return found


def _service_line(number: str, line_no: int, row: OverviewRow, contract_line: int | None) -> ServiceLineRow:
    return ServiceLineRow(
        grant_source_id=number,
        line_no=line_no,
        service=row.service,
        unit=row.unit,
        quantity=row.quantity or _ONE,
        per=row.per or _FOLLOWS.get(row.unit, Per.WEEK.value),
        contract_line_no=contract_line,
        starts=row.starts,
        ends=row.ends,
        price=row.amount if contract_line is None else None,
    )


def _citizen(row: OverviewRow, names: Names) -> CitizenRow:
    first, last = _name(row)
    return CitizenRow(
        source_id=names.citizen(row.cpr),
        cpr=row.cpr,
        first_name=first,
        last_name=last,
        unit_source_id=row.unit_number or names.unit,
        address=row.address,
        postal_code=row.postal_code,
        city=row.city,
    )


def _name(row: OverviewRow) -> tuple[str, str]:
    """First and last name: as given, or the last word of the whole name as the last name (`Holm, Ib` the other way)."""
    whole = row.name or ""
    if row.first_name and row.last_name:
        return row.first_name, row.last_name
    if "," in whole:
        last, _, first = whole.partition(",")
        return first.strip(), last.strip()
    first, _, last = whole.rpartition(" ")
    return row.first_name or first or last, row.last_name or last


def _contract(number: str, rows: Sequence[OverviewRow], names: Names) -> ContractRow:
    citizens_of = {row.cpr for row in rows}
    signed = [row.signed_on for row in rows if row.signed_on]
    alone = len(citizens_of) == 1
    return ContractRow(
        number=number,
        kind="individual" if alone else "framework",
        supplier_source_id=names.supplier(rows[0].cvr),
        section=rows[0].section,
        starts=min(row.starts for row in rows),
        ends=_latest(rows),
        status="signed" if signed else "draft",
        signed_on=min(signed) if signed else None,
        citizen_source_id=names.citizen(rows[0].cpr) if alone else None,
    )


def _grant(number: str, rows: Sequence[OverviewRow], names: Names) -> GrantRow:
    first = rows[0]
    return GrantRow(
        source_id=number,
        citizen_source_id=names.citizen(first.cpr),
        section=first.section,
        status="granted",
        starts=min(row.starts for row in rows),
        ends=_latest(rows),
        case_number=_told(rows, "case_number"),
        caseworker=_told(rows, "caseworker"),
        account_string=_told(rows, "account_string"),
        follow_up_on=_told(rows, "follow_up_on"),
        contract_number=_told(rows, "contract_number"),
        supplier_source_id=names.supplier(first.cvr),
    )


def _told(rows: Sequence[OverviewRow], field: str) -> Any:
    return next((value for row in rows if (value := getattr(row, field)) is not None), None)


def _latest(rows: Sequence[OverviewRow]) -> date | None:
    ends = [row.ends for row in rows]
    return None if None in ends else max(end for end in ends if end)


def _lines(rows: Iterable[Numbered]) -> list[tuple[str, int, list[Numbered]]]:
    """The lines of each contract, numbered in an order that the order of rows does not change."""
    found = []
    for number, of in _grouped(_under_contract(rows), lambda row: row.contract_number).items():
        by_price = _grouped(of, lambda row: (row.service, row.unit, row.amount))
        for line_no, key in enumerate(sorted(by_price), start=1):
            found.append((number, line_no, by_price[key]))
    return found


def _under_contract(rows: Iterable[Numbered]) -> list[Numbered]:
    return [(number, row) for number, row in rows if row.contract_number]


def _grouped(rows: Iterable[Numbered], key: Callable[[OverviewRow], Any]) -> dict[Any, list[Numbered]]:
    groups: dict[Any, list[Numbered]] = {}
    for number, row in rows:
        groups.setdefault(key(row), []).append((number, row))
    return groups


def _nameless(rows: Sequence[Numbered]) -> list[RowError]:
    message = "Borgerens navn mangler. Skriv fornavn og efternavn."
    return [RowError(number, "navn", "", message) for number, row in rows if not all(_name(row))]


def _unmeasured(rows: Sequence[Numbered]) -> list[RowError]:
    message = "Antallet mangler. Skriv, hvor mange der er bevilget, og pr. hvad."
    return [
        RowError(number, "antal", "", message)
        for number, row in rows
        if row.quantity is None and row.unit not in _FOLLOWS
    ]


_ONE_ONLY: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "contract_number": (
        ("cvr", "kontrakt_nr", "Kontrakten står også med en anden leverandør. En kontrakt har kun én."),
        ("section", "paragraf", "Kontrakten står også med en anden paragraf. En kontrakt har kun én."),
    ),
    "grant_number": (
        ("cpr", "bevilling_nr", "Bevillingen står også med en anden borger. En bevilling har kun én."),
        ("section", "paragraf", "Bevillingen står også med en anden paragraf. En bevilling har kun én."),
        ("contract_number", "kontrakt_nr", "Bevillingen står også med en anden kontrakt. En bevilling har kun én."),
    ),
}


def _at_odds(rows: Sequence[Numbered]) -> list[RowError]:
    """Rows of one contract, or one grant, that say different things of what it can only have one of."""
    found = []
    for named, facts in _ONE_ONLY.items():
        groups = _grouped((one for one in rows if getattr(one[1], named)), lambda row, named=named: getattr(row, named))  # type: ignore[misc]  # bound now
        for number, of in groups.items():
            for field, column, message in facts:
                first = getattr(of[0][1], field)
                shown = str(number) if column.endswith("_nr") else ""
                found += [RowError(at, column, shown, message) for at, row in of if getattr(row, field) != first]
    return found
