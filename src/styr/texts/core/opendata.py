"""Contracts as open data in the shape of OCDS (Open Contracting Data Standard 1.1), without anything about a person.

A framework agreement stands alone with its prices. A contract about one citizen never does: those are told together, a
group for each supplier and section, with how many there are and their mean price, and only where they are about at
least `SMALLEST_GROUP` citizens, however many contracts each of these has. What is too few with one supplier is told
under "øvrige"; what is too few even so is left out and counted. A sole proprietor is a person: such suppliers have
neither name nor CVR number and count as "øvrige".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime
    from decimal import Decimal

SMALLEST_GROUP: Final = 5
_OTHERS: Final = "oevrige"
_UNITS: Final = {
    "day": "døgn",
    "opening_day": "åbningsdag",
    "hour": "time",
    "week": "uge",
    "month": "måned",
    "once": "gang",
    "trip": "tur",
    "km": "km",
}


@dataclass(frozen=True, slots=True)
class Price:
    """What a service costs per unit, in kr."""

    service: str
    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PublicContract:
    """What is known of a contract; `supplier_cvr` and `supplier_name` are empty for a sole proprietor.

    `about` is the same for all contracts about one person, and is told nowhere.
    """

    number: str
    framework: bool
    section: str
    supplier_name: str
    supplier_cvr: str
    starts: date
    last_day: date | None
    signed_on: date | None
    prices: tuple[Price, ...]
    about: str = ""


@dataclass
class Package:
    """The open data: releases, and how many contracts were too few to tell."""

    releases: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0


def package(
    contracts: Iterable[PublicContract], *, buyer_code: str, buyer_name: str, at: datetime
) -> tuple[dict[str, Any], int]:
    """The release package of a municipality, and how many contracts it leaves out because they are too few."""
    frameworks: list[PublicContract] = []
    groups: defaultdict[tuple[str, str, str], list[PublicContract]] = defaultdict(list)
    for one in contracts:
        if one.framework and one.supplier_cvr:
            frameworks.append(one)
        else:
            groups[one.section, one.supplier_cvr, one.supplier_name].append(one)
    told, left_out = _large_enough(groups)
    buyer = {"id": f"DK-KOMMUNE-{buyer_code}", "name": buyer_name}
    releases = [_framework(one, buyer, at) for one in sorted(frameworks, key=lambda one: one.number)]
    releases += [_group(key, held, buyer, at) for key, held in sorted(told.items())]
    return {
        "uri": f"urn:styr:{buyer_code}:kontrakter:{at:%Y-%m-%d}",
        "version": "1.1",
        "publishedDate": at.isoformat(),
        "publisher": {"name": buyer_name},
        "releases": releases,
    }, left_out


def _large_enough(
    groups: dict[tuple[str, str, str], list[PublicContract]],
) -> tuple[dict[tuple[str, str, str], list[PublicContract]], int]:
    """The groups that may be told, those too small put together by section, and how many contracts are left."""
    told, others = {}, defaultdict(list)
    for (section, cvr, name), held in groups.items():
        if cvr and _persons(held) >= SMALLEST_GROUP:
            told[section, cvr, name] = held
        else:
            others[section].extend(held)
    left_out = 0
    for section, held in others.items():
        if _persons(held) >= SMALLEST_GROUP:
            told[section, "", _OTHERS] = held
        else:
            left_out += len(held)
    return told, left_out


def _persons(held: Iterable[PublicContract]) -> int:
    """How many persons the contracts are about; one that names nobody counts for itself."""
    return len({one.about or one.number for one in held})


def _framework(one: PublicContract, buyer: dict[str, str], at: datetime) -> dict[str, Any]:
    period = {"startDate": _moment(one.starts)} | ({"endDate": _moment(one.last_day)} if one.last_day else {})
    contract = {
        "id": one.number,
        "awardID": one.number,
        "title": f"Rammeaftale, {one.section}",
        "status": "active",
        "period": period,
        "items": [_item(number, price.service, price.unit, price.amount) for number, price in _numbered(one.prices)],
    }
    if one.signed_on:
        contract["dateSigned"] = _moment(one.signed_on)
    return _release(one.number, buyer, _supplier(one.supplier_cvr, one.supplier_name), contract, at)


def _group(
    key: tuple[str, str, str], held: Sequence[PublicContract], buyer: dict[str, str], at: datetime
) -> dict[str, Any]:
    section, cvr, name = key
    number = f"{section}-{cvr or _OTHERS}"
    contract = {
        "id": number,
        "awardID": number,
        "title": f"{len(held)} aftaler lagt sammen, {section}",
        "description": "Aftalerne er lagt sammen, så ingen kan kendes. Priserne er gennemsnit.",
        "status": "active",
        "items": list(_mean_items(held)),
    }
    return _release(number, buyer, _supplier(cvr, name), contract, at)


def _mean_items(held: Sequence[PublicContract]) -> Iterator[dict[str, Any]]:
    """The mean price of each service and unit that enough persons' contracts have, in whole kroner."""
    amounts: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    having: defaultdict[tuple[str, str], list[PublicContract]] = defaultdict(list)
    for one in held:
        for price in one.prices:
            amounts[price.service, price.unit].append(price.amount)
            having[price.service, price.unit].append(one)
    shown = [(key, all_of) for key, all_of in sorted(amounts.items()) if _persons(having[key]) >= SMALLEST_GROUP]
    for number, ((service, unit), all_of) in enumerate(shown, start=1):
        mean = round(sum(map(Fraction, all_of), Fraction()) / len(all_of))
        yield _item(number, service, unit, mean) | {"quantity": len(all_of)}


def _numbered(prices: Sequence[Price]) -> Iterator[tuple[int, Price]]:
    return enumerate(sorted(prices, key=lambda price: (price.service, price.unit)), start=1)


def _item(number: int, service: str, unit: str, amount: Decimal | int) -> dict[str, Any]:
    value = {"amount": float(amount), "currency": "DKK"}
    return {"id": str(number), "description": service, "unit": {"name": _UNITS.get(unit, unit), "value": value}}


def _supplier(cvr: str, name: str) -> dict[str, Any]:
    if not cvr:
        return {"id": _OTHERS, "name": "Øvrige leverandører", "roles": ["supplier"]}
    identifier = {"scheme": "DK-CVR", "id": cvr, "legalName": name}
    return {"id": f"DK-CVR-{cvr}", "name": name, "identifier": identifier, "roles": ["supplier"]}


def _release(
    number: str, buyer: dict[str, str], supplier: dict[str, Any], contract: dict[str, Any], at: datetime
) -> dict[str, Any]:
    named = {"id": supplier["id"], "name": supplier["name"]}
    return {
        "ocid": f"styr-{buyer['id'].rsplit('-', 1)[-1]}-{number}",
        "id": f"{number}-{at:%Y-%m-%d}",
        "date": at.isoformat(),
        "tag": ["contract"],
        "initiationType": "tender",
        "language": "da",
        "parties": [{**buyer, "roles": ["buyer"]}, supplier],
        "buyer": buyer,
        "awards": [{"id": number, "status": "active", "suppliers": [named]}],
        "contracts": [contract],
    }


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
