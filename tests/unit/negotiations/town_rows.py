"""The example municipality as relations, without files or a database: enough to look for potential in."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid5

from exampletown.deliveries import write_deliveries
from exampletown.model import Contract, ContractLine, Grant, Rate, Service, Town
from styr.kernel.units import Per, Unit

SPACE = UUID(int=2026)
UNIT = UUID(int=1)
CALENDAR = UUID(int=2)
Row = dict[str, Any]
_KINDS = {"basis": "base", "tillæg": "supplement", "særtakst": "special"}
_STATUS = {"bevilget": "granted", "stoppet": "stopped", "forventet": "expected", "kladde": "draft"}
_UNITS = {one.danish: one.value for one in Unit}
_PER = {one.danish: one.value for one in Per}
_SUPPLIERS = {"privat": "private", "kommunal": "municipal", "regional": "regional", "fond": "foundation"}


def key(*parts: object) -> UUID:
    return uuid5(SPACE, "/".join(str(part) for part in parts))


def section(danish: str) -> str:
    return danish.replace(" § ", "-")


def town_rows(town: Town) -> dict[str, list[Row]]:
    """By relation; a calendar of weekdays, and no absence."""
    rows: dict[str, list[Row]] = {
        "rel_supplier": [
            {"supplier_id": key("s", one.number), "cvr": one.cvr, "kind": _SUPPLIERS[one.kind]}
            for one in town.suppliers
        ],
        "rel_portal_rate": [
            {"provider_unit_id": key("p", one.number), "service": one.service, "unit": _UNITS[one.unit], **rate(held)}
            for one in town.providers
            for held in one.portal
        ],
        "rel_calendar": weekdays(town),
        "rel_contract": [contract(one) for one in town.contracts],
        "rel_contract_line": [line(one, held) for one in town.contracts for held in one.lines],
        "rel_contract_rate": [
            {"contract_line_id": key(one.number, held.number), **rate(price)}
            for one in town.contracts
            for held in one.lines
            for price in ([] if held.unpriced else held.rates)
        ],
    }
    rows["rel_grant"] = [grant(one) for one in town.grants]
    served = [(one, held) for one in town.grants for held in one.services]
    rows["rel_service"] = [service(one, held) for one, held in served]
    rows["rel_rate"] = [
        {"service_id": key(one.number, held.number), **price} for one, held in served for price in prices(one, held)
    ]
    return rows


def rate(held: Rate) -> Row:
    return {"valid_from": held.start, "valid_to": held.end, "amount": held.amount}


def contract(one: Contract) -> Row:
    return {
        "contract_id": key(one.number), "number": one.number, "supplier_id": key("s", one.supplier.number),
        "kind": "framework" if one.citizen is None else "individual", "provider_unit_id": key("p", one.provider.number),
        "unit_id": UNIT, "section": section(one.section), "starts": one.start, "ends": one.end,
        "notice_days": one.notice_days, "status": "signed", "absence_free_days": one.absence_days,
        "absence_billable": Decimal(100 if one.absence_pct is None else one.absence_pct) / 100,
        "calendar_id": CALENDAR,
    }  # fmt: skip


def line(one: Contract, held: ContractLine) -> Row:
    return {
        "contract_line_id": key(one.number, held.number), "contract_id": key(one.number), "line_no": held.number,
        "kind": _KINDS[held.kind], "service": held.service, "unit": _UNITS[held.unit], "purpose": held.purpose,
        "hours": held.hours, "hourly_rate": held.hourly, "evaluation_on": held.evaluated_on,
    }  # fmt: skip


def grant(one: Grant) -> Row:
    return {
        "grant_id": key(one.number), "number": one.number, "citizen_id": key("c", one.citizen.number), "unit_id": UNIT,
        "section": section(one.section), "status": _STATUS[one.status], "starts": one.start, "ends": one.end,
        "contract_id": None if one.contract is None else key(one.contract.number),
        "provider_unit_id": None if one.provider is None else key("p", one.provider.number),
        "supplier_id": None if one.supplier is None else key("s", one.supplier.number),
    }  # fmt: skip


def service(one: Grant, held: Service) -> Row:
    ends = [day for day in (one.end, held.end) if day is not None]
    of_line = None if one.contract is None or held.line is None else key(one.contract.number, held.line.number)
    return {
        "service_id": key(one.number, held.number), "grant_id": key(one.number), "unit_id": UNIT,
        "line_no": held.number, "service": held.service, "unit": _UNITS[held.unit], "per": _PER[held.per],
        "quantity": held.quantity, "factor": held.factor, "starts": max(one.start, held.start or one.start),
        "ends": min(ends) if ends else None, "contract_line_id": of_line, "calendar_id": CALENDAR,
    }  # fmt: skip


def prices(one: Grant, held: Service) -> list[Row]:
    if held.line is not None:
        return [] if held.line.unpriced else [rate(price) for price in held.line.rates]
    own = held.own_rate
    return [] if own is None else [{"valid_from": one.start, "valid_to": None, "amount": own}]


def weekdays(town: Town) -> list[Row]:
    rows, opened = [], 0
    first = town.today.replace(year=town.today.year - 3, month=1, day=1)
    for place in range(365 * 6):
        day = first + timedelta(days=place)
        rows.append({"calendar_id": CALENDAR, "day": day, "open_before": opened})
        opened += day.weekday() < 5
    return rows


def deliveries(town: Town, seed: int, folder: Any) -> tuple[list[Row], set[str]]:
    """What the town's suppliers say they delivered, as rows; and the numbers of the grants that got too little."""
    short = write_deliveries(folder, Random(f"{seed}/deliveries"), town)  # noqa: S311 - an invented town
    rows = []
    for written in (folder / "leverancer.csv").read_text("utf-8-sig").splitlines()[1:]:
        number, no, month, hours, *_ = written.split(";")
        day, of_month, year = month.split("-")
        rows.append(
            {
                "delivery_id": key("d", number, no, month), "service_id": key(number, no), "unit_id": UNIT,
                "month": town.today.replace(year=int(year), month=int(of_month), day=int(day)),
                "quantity": Decimal(hours.replace(",", ".")),
            }
        )  # fmt: skip
    return rows, {row[1] for row in short}
