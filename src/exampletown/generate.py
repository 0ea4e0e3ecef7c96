"""Generates the example municipality as files: registers, e-invoices and, beside them, the answer key."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from exampletown.agreements import make_calendars
from exampletown.days import month_start
from exampletown.dear import POTENTIAL_COLUMNS, plant_dear_offers, plant_special_rates, potential
from exampletown.deliveries import write_deliveries
from exampletown.extracts import EXTRACT_COLUMNS, make_extracts, write_extracts
from exampletown.flaws import Flaws
from exampletown.granting import GRANTS_AT_FULL_SCALE, Granting
from exampletown.key import KeyWriter, write_rows
from exampletown.ledger_files import open_books, write_ledger
from exampletown.mail import Mail
from exampletown.market import make_providers, make_suppliers
from exampletown.model import Grant, Town
from exampletown.pdf import small_pdf
from exampletown.population import make_units
from exampletown.register_key import REGISTER_COLUMNS, register_defects
from exampletown.registers import write_registers

if TYPE_CHECKING:
    from datetime import date

MONTHS = 12
SUMMARY_FILE = "opsummering.json"
Progress = Callable[[str, int, int], None]


class UnableToGenerateError(Exception):
    """The folder holds something that is not an example town."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for."""

    folder: Path
    seed: int
    scale: float
    today: date
    report: Progress


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written. ``invoices_by_code`` counts answer key rows by required code (``clean`` where none is)."""

    seed: int
    scale: float
    today: str
    citizens: int
    suppliers: int
    contracts: int
    grants: int
    documents: int
    formats: dict[str, int]
    invoices_by_code: dict[str, int]
    register_defects: dict[str, int]
    ledger_defects: dict[str, int]
    folder: str
    key_folder: str


def key_folder_of(folder: Path) -> Path:
    """``town`` → ``town-facit``, beside it and never imported."""
    return folder.with_name(f"{folder.name}-facit")


def make_town(seed: int, scale: float, today: date) -> Town:
    """The true state, without files."""
    months = [month_start(today, -n) for n in range(MONTHS, 0, -1)]
    town = Town(today=today, months=months, units=make_units())
    make_calendars(town)
    make_suppliers(Random(f"{seed}/suppliers"), town, scale)
    providers = make_providers(Random(f"{seed}/providers"), town, round(GRANTS_AT_FULL_SCALE * scale))
    plant_dear_offers(Random(f"{seed}/dear"), town, providers)
    granting = Granting(Random(f"{seed}/grants"), town, providers)
    granting.fill(scale)
    Flaws(Random(f"{seed}/flaws"), town, granting).plant(scale)
    plant_special_rates(Random(f"{seed}/special"), town)
    granting.fit_services()
    return town


def generate(folder: Path, *, seed: int, scale: float = 1.0, today: date, progress: Progress | None = None) -> Summary:
    """Write the town into ``folder`` and its key into ``<folder>-facit``; an earlier example town there is replaced.

    Both appear whole or not at all. ``progress(step, done, total)`` is called now and then.
    Raises UnableToGenerateError when the folder holds anything else.
    """
    folder = Path(folder)
    key_folder = key_folder_of(folder)
    if folder.exists() and any(folder.iterdir()) and not (key_folder / SUMMARY_FILE).exists():
        raise UnableToGenerateError(f"Mappen {folder} er ikke tom og er ikke en eksempelkommune. Vælg en anden mappe.")
    report = progress or (lambda _step, _done, _total: None)
    partial, partial_key = (path.with_name(f".{path.name}.{os.getpid()}") for path in (folder, key_folder))
    try:
        for path in (partial, partial_key):
            path.mkdir(parents=True)
        summary = write_all(partial, partial_key, Order(folder, seed, scale, today, report))
        (partial_key / SUMMARY_FILE).write_text(
            json.dumps(asdict(summary), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for old in (folder, key_folder):
            if old.exists():
                shutil.rmtree(old)
        partial.rename(folder)
        partial_key.rename(key_folder)
    finally:
        for path in (partial, partial_key):
            shutil.rmtree(path, ignore_errors=True)
    return summary


def grants_by_supplier(town: Town) -> dict[int, list[Grant]]:
    """Those that a supplier bills: granted, with a supplier."""
    found: dict[int, list[Grant]] = {}
    for grant in town.grants:
        if grant.supplier is not None and grant.status in {"bevilget", "stoppet"}:
            found.setdefault(grant.supplier.number, []).append(grant)
    for ghost in town.ghosts:
        if ghost.supplier is not None:
            found.setdefault(ghost.supplier.number, []).append(ghost)
    return found


def write_all(partial: Path, partial_key: Path, order: Order) -> Summary:
    """Write both folders' content; memory holds the registers and one supplier's bills at a time."""
    report, seed = order.report, order.seed
    report("kommune", 0, 1)
    town = make_town(seed, order.scale, order.today)
    report("kommune", 1, 1)
    rows = write_registers(partial, town)
    report("registre", len(rows), len(rows))
    defects = [*register_defects(town), *write_deliveries(partial, Random(f"{seed}/deliveries"), town)]
    write_rows(partial_key / "registers.csv", REGISTER_COLUMNS, defects)
    write_rows(partial_key / "potential.csv", POTENTIAL_COLUMNS, potential(town))
    extracts = make_extracts(Random(f"{seed}/extracts"), town, order.scale)
    write_extracts(partial, partial_key, extracts)
    write_rows(partial_key / "extracts.csv", EXTRACT_COLUMNS, extracts.key)
    counted: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    grants = grants_by_supplier(town)
    books = open_books(seed, town)
    with KeyWriter(partial_key / "invoices.csv") as key:
        for done, supplier in enumerate(town.suppliers, 1):
            mail = Mail(Random(f"{seed}/mail/{supplier.number}"), town, supplier, small_pdf(supplier.name))
            for mailed in mail.send(grants.get(supplier.number, [])):
                path = partial / mailed.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(mailed.content)
                counted[mailed.format] += 1
                codes.update(key.write(mailed))
                books.note(mailed.bill)
            report("fakturaer", done, len(town.suppliers))
    booked = write_ledger(partial, partial_key, books, seed=seed, scale=order.scale)
    return Summary(
        seed=seed,
        scale=order.scale,
        today=order.today.isoformat(),
        citizens=len(town.citizens),
        suppliers=len(town.suppliers),
        contracts=len(town.contracts),
        grants=len(town.grants),
        documents=counted.total(),
        formats=dict(sorted(counted.items())),
        invoices_by_code=dict(sorted(codes.items())),
        register_defects=dict(sorted(Counter(row[2] for row in defects).items())),
        ledger_defects=dict(sorted(Counter(row[2] for row in booked).items())),
        folder=str(order.folder),
        key_folder=str(key_folder_of(order.folder)),
    )
