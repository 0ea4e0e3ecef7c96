"""Suppliers, their provider units and the rates that the units have reported to the portal."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from exampletown import numbers, words
from exampletown.catalogue import OFFERS, Offer
from exampletown.habits import chance, make_habits, weighted
from exampletown.model import Provider, Rate, Supplier

if TYPE_CHECKING:
    from random import Random

    from exampletown.model import Town

KINDS = (("privat", 62), ("fond", 20), ("kommunal", 12), ("regional", 6))
SUPPLIERS_AT_FULL_SCALE = 140
PER_PROVIDER = 9
"""About this many grants share a provider unit."""


def money(value: Decimal) -> Decimal:
    """Two decimals."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def make_suppliers(rng: Random, town: Town, scale: float) -> None:
    """Fill ``town.suppliers``; every seventh has changed its bank account inside the window and told the town."""
    taken: set[str] = set()
    for number in range(1, max(18, round(SUPPLIERS_AT_FULL_SCALE * scale)) + 1):
        kind = weighted(rng, KINDS)
        postcode, place = rng.choice(words.PLACES)
        cvr = numbers.cvr(rng)
        while cvr in taken:
            cvr = numbers.cvr(rng)
        taken.add(cvr)
        stem = words.SUPPLIER_STEMS[number % len(words.SUPPLIER_STEMS)]
        name = f"{stem} {place} {rng.choice(words.SUPPLIER_ENDINGS[kind])}"
        accounts = [(numbers.bank_account(rng), date(2019, 1, 1))]
        if number % 7 == 0:
            accounts.append((numbers.bank_account(rng), town.months[rng.randrange(2, 10)]))
        town.suppliers.append(
            Supplier(
                number=1000 + number,
                cvr=cvr,
                name=name,
                kind=kind,
                ean=numbers.gln(f"579898{number:06d}") if kind in {"kommunal", "regional"} else None,
                accounts=accounts,
                street=f"{rng.choice(words.STREETS)} {rng.randrange(1, 120)}",
                postcode=postcode,
                town=place,
                contact=f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}",
                phone=f"00{rng.randrange(10**6):06d}",
                habits=make_habits(rng),
            )
        )


def draw_price(rng: Random, offer: Offer) -> Decimal:
    """Whole kroner mostly; some providers reckon in øre."""
    steps = rng.randrange(offer.low * 4, offer.high * 4 + 1)
    price = Decimal(steps) / 4
    return price if offer.unit == "km" or chance(rng, 0.15) else Decimal(round(price))


def yearly_rates(rng: Random, town: Town, offer: Offer) -> list[Rate]:
    """A rate for each year, raised on 1 January, from well before the window and open at the end."""
    price = draw_price(rng, offer)
    rates = []
    years = range(town.window_start.year - 2, town.today.year + 1)
    for year in years:
        end = None if year == years[-1] else date(year + 1, 1, 1)
        rates.append(Rate(date(year, 1, 1), end, price))
        raised = price * (Decimal(1) + Decimal(rng.randrange(180, 420)) / 10000)
        price = Decimal(round(raised)) if offer.unit != "km" else money(raised)
    return rates


def make_providers(rng: Random, town: Town, grants: int) -> dict[str, list[Provider]]:
    """Fill ``town.providers``; returns them by the offer's key."""
    total = sum(offer.share for offer in OFFERS)
    by_offer: dict[str, list[Provider]] = {}
    number = 50000
    for offer in OFFERS:
        count = max(2, round(grants * offer.share / total / PER_PROVIDER))
        for _ in range(count):
            number += rng.randrange(1, 9)
            supplier = rng.choice(town.suppliers)
            provider = Provider(
                number=number,
                supplier=supplier,
                p_number=numbers.p_number(rng),
                name=f"{supplier.name.rsplit(' ', 1)[0]}, {offer.label.lower()}",
                section=offer.section,
                service=offer.service,
                unit=offer.unit,
                approved_from=date(rng.randrange(2012, 2023), rng.randrange(1, 13), 1),
                approved_to=None,
                places=rng.randrange(4, 60),
                portal=yearly_rates(rng, town, offer),
            )
            town.providers.append(provider)
            by_offer.setdefault(offer.key, []).append(provider)
    return by_offer
