"""Loads an example municipality's files straight into the relations, the way the registers would say them.

Only what the matching reads; deliberately plain Python, so that it is independent of the importer.
"""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import openpyxl

from styr.contracts.core.relations import CALENDAR, CONTRACT, CONTRACT_TERMS, NOTICE
from styr.grants.core.relations import DUPLICATE_RULE, GRANT, RATE, SERVICE, SERVICE_ABSENCE, STOP
from styr.grants.reference.load import duplicate_rules
from styr.invoices.core.intake import HmacIndex
from styr.invoices.core.relations import (
    PAYER,
)
from styr.kernel.engine import DuckEngine
from styr.kernel.units import per_from_danish, unit_from_danish
from styr.people.core.relations import CITIZEN
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER, SUPPLIER_ACCOUNT, SUPPLIER_MERGER
from unit.grants_core.stops import stops

SPACE = UUID("00000000-0000-7000-8000-0000000000aa")
INDEX = HmacIndex(b"k" * 32)
ONE_DAY = timedelta(days=1)
_CONTRACT_STATUS = {"kladde": "draft", "sendt": "sent", "underskrevet": "signed", "opsagt": "terminated"}
_GRANT_STATUS = {"kladde": "draft", "forventet": "expected", "bevilget": "granted", "stoppet": "stopped"}
_SUPPLIER_KIND = {
    "privat": "private",
    "kommunal": "municipal",
    "regional": "regional",
    "fond": "foundation",
    "enkeltmandsvirksomhed": "sole_proprietor",
}


def ident(kind: str, *parts: object) -> UUID:
    return uuid5(SPACE, "|".join([kind, *map(str, parts)]))


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / f"{name}.csv"
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file, delimiter=";")]
    with closing(openpyxl.load_workbook(folder / f"{name}.xlsx", read_only=True, data_only=True)) as workbook:
        sheet = workbook.active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
    names = [str(name) for name in rows[0]]
    return [dict(zip(names, (*row, *[None] * len(names)), strict=False)) for row in rows[1:] if any(row)]


def day(value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    return datetime.strptime(str(value), "%d-%m-%Y").date()  # noqa: DTZ007 -- a date


def after(value: object) -> date | None:
    last = day(value)
    return None if last is None else last + ONE_DAY


def number(value: object) -> Decimal | None:
    if value is None:
        return None
    return Decimal(str(value).replace(".", "").replace(",", ".") if isinstance(value, str) else str(value))


def load_registers(engine: DuckEngine, folder: Path) -> None:
    citizens = list(_citizens(folder))
    engine.load(CITIZEN, citizens)
    for relation in (CONTRACT_TERMS, NOTICE):
        engine.load(relation, [])
    payer = max(
        (row["paying_municipality"] for row in citizens), key=[r["paying_municipality"] for r in citizens].count
    )
    engine.load(
        PAYER,
        [
            {"unit_id": ident("unit", row["enhed_nr"]), "ean": row["ean"], "code": payer, "name": "Kommunen"}
            for row in read(folder, "enheder")
        ],
    )
    suppliers = read(folder, "leverandører")
    engine.load(
        SUPPLIER,
        {
            row["leverandør_nr"]: {
                "supplier_id": ident("supplier", row["leverandør_nr"]),
                "cvr": str(row["cvr"]),
                "kind": _SUPPLIER_KIND[row["type"]],
            }
            for row in suppliers
        }.values(),
    )
    engine.load(
        SUPPLIER_ACCOUNT,
        [
            {
                "supplier_id": ident("supplier", row["leverandør_nr"]),
                "account": row["konto"],
                "valid_from": day(row["konto_fra"]),
            }
            for row in suppliers
            if row["konto"]
        ],
    )
    engine.load(SUPPLIER_MERGER, [])
    engine.load(PROVIDER_UNIT, [_offer(row) for row in read(folder, "tilbud")])
    engine.load(DUPLICATE_RULE, duplicate_rules())
    contracts = {row["kontrakt_nr"]: row for row in read(folder, "kontrakter")}
    engine.load(CONTRACT, [_contract(row) for row in contracts.values()])
    engine.load(CALENDAR, list(_calendars(folder)))
    _load_grants(engine, folder, contracts)
    engine.load(STOP, list(stops(citizens, map(_grant, read(folder, "bevillinger")))))


def _citizens(folder: Path) -> Iterator[dict[str, Any]]:
    for row in read(folder, "borgere"):
        digits = str(row["cpr"]).replace("-", "")
        from styr.kernel.cpr import Cpr

        yield {
            "citizen_id": ident("citizen", row["borger_nr"]),
            "unit_id": ident("unit", row["enhed_nr"]),
            "birth_date": Cpr.parse(digits).birth_date,
            "died_on": day(row["død"]),
            "moved_in": day(row["tilflyttet"]),
            "moved_out": day(row["fraflyttet"]),
            "protected_from": day(row["beskyttet_fra"]),
            "protected_to": after(row["beskyttet_til"]),
            "acting_municipality": row["handlekommune"],
            "paying_municipality": row["betalingskommune"],
            "name_key": INDEX.name(f"{row['fornavn']} {row['efternavn']}"),
            "cpr_index": INDEX.cpr(digits),
        }


def _offer(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_unit_id": ident("place", row["tilbud_nr"]),
        "supplier_id": ident("supplier", row["leverandør_nr"]),
        "p_number": str(row["p_nummer"]),
        "section": str(row["paragraf"]).replace(" § ", "-"),
        "approved_from": day(row["godkendt_fra"]),
        "approved_to": after(row["godkendt_til"]),
    }


def _contract(row: dict[str, Any]) -> dict[str, Any]:
    percent = number(row["fravær_betaling_pct"])
    return {
        "contract_id": ident("contract", row["kontrakt_nr"]),
        "number": row["kontrakt_nr"],
        "kind": "framework" if row["type"] == "ramme" else "individual",
        "supplier_id": ident("supplier", row["leverandør_nr"]),
        "provider_unit_id": ident("place", row["tilbud_nr"]) if row["tilbud_nr"] else None,
        "citizen_id": ident("citizen", row["borger_nr"]) if row["borger_nr"] else None,
        "unit_id": None,
        "section": str(row["paragraf"]).replace(" § ", "-"),
        "starts": day(row["start"]),
        "ends": after(row["slut"]),
        "notice_days": None,
        "status": _CONTRACT_STATUS[row["status"]],
        "signed_on": day(row["underskrevet"]),
        "absence_free_days": int(row["fravær_dage"] or 0),
        "absence_billable": Decimal(1) if percent is None else percent / 100,
        "calendar_id": ident("calendar", row["kalender"] or ""),
    }


def _calendars(folder: Path) -> Iterator[dict[str, Any]]:
    from styr.kernel.calendar import is_opening_day

    closed: dict[str, set[date]] = {}
    for row in read(folder, "lukkedage"):
        when = day(row["dato"])
        assert when is not None
        closed.setdefault(str(row["kalender"]), set()).add(when)
    first, last = date(2020, 1, 1), date(2032, 1, 1)
    for name in ["", *closed]:
        opened, today = 0, first
        while today < last:
            yield {"calendar_id": ident("calendar", name), "day": today, "open_before": opened}
            opened += today not in closed[name] and is_opening_day(today) if name else is_opening_day(today)
            today += ONE_DAY


def _load_grants(engine: DuckEngine, folder: Path, contracts: dict[str, dict[str, Any]]) -> None:
    grants = {row["bevilling_nr"]: row for row in read(folder, "bevillinger")}
    engine.load(GRANT, [_grant(row) for row in grants.values()])
    rates: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in read(folder, "kontrakttakster"):
        rates.setdefault((row["kontrakt_nr"], str(row["linje_nr"])), []).append(row)
    services, priced = [], []
    for row in read(folder, "bevillingsydelser"):
        grant = grants[row["bevilling_nr"]]
        service = _service(row, grant, contracts.get(grant["kontrakt_nr"] or ""))
        if service["ends"] is not None and service["ends"] <= service["starts"]:
            continue
        services.append(service)
        found = rates.get((grant["kontrakt_nr"] or "", str(row["kontraktlinje_nr"])), [])
        priced += [_rate(service, r["gyldig_fra"], r["gyldig_til"], r["pris"]) for r in found]
        if not found and row["pris"]:
            priced.append(_rate(service, grant["start"], None, row["pris"]))
    engine.load(SERVICE, services)
    engine.load(RATE, priced)
    engine.load(SERVICE_ABSENCE, list(_absences(folder, services, grants, contracts)))


def _grant(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "grant_id": ident("grant", row["bevilling_nr"]),
        "number": row["bevilling_nr"],
        "citizen_id": ident("citizen", row["borger_nr"]),
        "unit_id": ident("unit", row["enhed_nr"]),
        "section": str(row["paragraf"]).replace(" § ", "-"),
        "status": _GRANT_STATUS[row["status"]],
        "starts": day(row["start"]),
        "ends": after(row["slut"]),
        "contract_id": ident("contract", row["kontrakt_nr"]) if row["kontrakt_nr"] else None,
        "provider_unit_id": ident("place", row["tilbud_nr"]) if row["tilbud_nr"] else None,
        "supplier_id": ident("supplier", row["leverandør_nr"]) if row["leverandør_nr"] else None,
        "caseworker": row["sagsbehandler"],
        "account_string": row["kontostreng"] and str(row["kontostreng"]),
        "follow_up_on": day(row["opfølgning"]),
    }


def _service(row: dict[str, Any], grant: dict[str, Any], contract: dict[str, Any] | None) -> dict[str, Any]:
    starts = [one for one in (day(grant["start"]), day(row["start"])) if one]
    ends = [one for one in (after(grant["slut"]), after(row["slut"])) if one]
    return {
        "service_id": ident("service", row["bevilling_nr"], row["linje_nr"]),
        "grant_id": ident("grant", row["bevilling_nr"]),
        "unit_id": ident("unit", grant["enhed_nr"]),
        "line_no": int(row["linje_nr"]),
        "service": row["ydelse"],
        "unit": unit_from_danish(row["enhed"]).value,
        "per": per_from_danish(row["pr"]).value,
        "quantity": number(row["antal"]),
        "factor": number(row["faktor"]),
        "starts": max(starts),
        "ends": min(ends, default=None),
        "contract_line_id": None,
        "calendar_id": ident("calendar", (contract or {}).get("kalender") or ""),
    }


def _rate(service: dict[str, Any], start: object, last: object, price: object) -> dict[str, Any]:
    return {
        "service_id": service["service_id"],
        "valid_from": day(start),
        "valid_to": after(last),
        "amount": number(price),
    }


def _absences(
    folder: Path,
    services: list[dict[str, Any]],
    grants: dict[str, dict[str, Any]],
    contracts: dict[str, dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    for row in read(folder, "fravær"):
        contract = contracts.get(grants[row["bevilling_nr"]]["kontrakt_nr"] or "")
        terms = _contract(contract) if contract else None
        if terms is None or terms["absence_billable"] >= 1:
            continue
        starts = day(row["fra"])
        assert starts is not None
        starts += terms["absence_free_days"] * ONE_DAY
        ends = after(row["til"])
        for service in services:
            if service["grant_id"] == ident("grant", row["bevilling_nr"]) and (ends is None or starts < ends):
                yield {
                    "service_id": service["service_id"],
                    "starts": starts,
                    "ends": ends,
                    "billable": terms["absence_billable"],
                }
