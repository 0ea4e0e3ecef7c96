"""The town's registers as spreadsheets and CSV files. In files a period ends with its last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.days import last_day
from exampletown.sheets import Cell, write_csv, write_xlsx
from exampletown.terms import terms_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from exampletown.model import Town

Rows = Iterator[tuple[Cell, ...]]
ADULT_DAYS = 18 * 365


@dataclass(frozen=True, slots=True)
class Register:
    """File name (the ending decides the format), columns and what fills them."""

    file: str
    columns: str
    rows: Callable[[Town], Rows]


def till(end: date | None) -> date | None:
    """The last day inclusive."""
    return None if end is None else last_day(end)


def units(town: Town) -> Rows:
    """Enheder."""
    return ((u.number, u.name, u.ean) for u in town.units)


def citizens(town: Town) -> Rows:
    """Borgere."""
    for c in town.citizens:
        protected, until = c.protected or (None, None)
        yield (
            *(c.number, f"{c.cpr[:6]}-{c.cpr[6:]}", c.first, c.last, c.street, c.postcode, c.town, protected),
            *(till(until), c.acting, c.paying, c.unit.number, c.moved_in, c.moved_out, c.died),
        )


def guardians(town: Town) -> Rows:
    """Parents of the children and a guardian for every eleventh adult, all with invented names."""
    for c in town.citizens:
        if (town.today - c.birth).days < ADULT_DAYS:
            yield c.number, f"Forælder til {c.name}", "forældremyndighed", c.birth, None
        elif c.number % 11 == 0:
            yield c.number, f"Værge for {c.name}", "værge", town.window_start - timedelta(days=c.number), None


def consents(town: Town) -> Rows:
    """samtykker: every fourth citizen, some withdrawn."""
    for c in town.citizens:
        if c.number % 4 == 0:
            given = town.window_start + timedelta(days=c.number % 200)
            withdrawn = given + timedelta(days=60) if c.number % 44 == 0 else None
            yield c.number, "udveksling af oplysninger med leverandør", "borger", given, withdrawn


def suppliers(town: Town) -> Rows:
    """leverandører: a row for each bank account."""
    for s in town.suppliers:
        for account, since in s.accounts:
            yield s.number, s.cvr, s.name, s.kind, s.ean, account, since


def providers(town: Town) -> Rows:
    """Tilbud."""
    for p in town.providers:
        yield (
            *(p.number, p.supplier.number, p.p_number, p.name, p.section),
            *(p.approved_from, till(p.approved_to), p.places),
        )


def portal_rates(town: Town) -> Rows:
    """Portaltakster."""
    for p in town.providers:
        for rate in p.portal:
            yield p.number, p.service, p.unit, rate.start, till(rate.end), rate.amount


def contracts(town: Town) -> Rows:
    """Kontrakter."""
    for c in town.contracts:
        terms = terms_of(c, town.today)
        yield (
            *(c.number, c.kind, c.supplier.number, c.provider.number, c.citizen.number if c.citizen else None),
            *(c.section, c.start, till(c.end), c.notice_days, c.status, c.signed),
            *(c.absence_days, c.absence_pct, c.calendar),
            *(terms.vacancy_pct, terms.notice_from, terms.index),
        )


def contract_lines(town: Town) -> Rows:
    """Kontraktlinjer."""
    for c in town.contracts:
        for line in c.lines:
            yield (
                *(c.number, line.number, line.kind, line.service, line.unit, line.purpose),
                *(line.hours, line.hourly, line.evaluated_on),
            )


def contract_rates(town: Town) -> Rows:
    """Kontrakttakster."""
    for c in town.contracts:
        for line in c.lines:
            for rate in [] if line.unpriced else line.rates:
                yield c.number, line.number, rate.start, till(rate.end), rate.amount


def grants(town: Town) -> Rows:
    """Bevillinger."""
    for g in town.grants:
        yield (
            *(g.number, g.case, g.citizen.number, g.section, g.status, g.start, till(g.end), g.unit.number),
            *(g.caseworker, g.account, g.follow_up, g.contract.number if g.contract else None),
            *(g.provider.number if g.provider else None, g.supplier.number if g.supplier else None),
        )


def services(town: Town) -> Rows:
    """Bevillingsydelser."""
    for g in town.grants:
        for s in g.services:
            yield (
                *(g.number, s.number, s.service, s.unit, s.quantity, s.per, s.factor),
                *(s.line.number if s.line else None, s.start, till(s.end), s.own_rate),
            )


def absences(town: Town) -> Rows:
    """fravær."""
    return ((g.number, a.start, till(a.end), a.reason) for g in town.grants for a in g.absences)


def closed_days(town: Town) -> Rows:
    """Lukkedage."""
    return ((name, day) for name, days in sorted(town.closed.items()) for day in sorted(days))


REGISTERS = (
    Register("enheder.csv", "enhed_nr navn ean", units),
    Register(
        "borgere.csv",
        "borger_nr cpr fornavn efternavn adresse postnr by beskyttet_fra beskyttet_til handlekommune betalingskommune "
        "enhed_nr tilflyttet fraflyttet død",
        citizens,
    ),
    Register("værger.csv", "borger_nr navn type fra til", guardians),
    Register("samtykker.csv", "borger_nr formål givet_af givet_dato trukket_dato", consents),
    Register("leverandører.xlsx", "leverandør_nr cvr navn type ean konto konto_fra", suppliers),
    Register(
        "tilbud.xlsx", "tilbud_nr leverandør_nr p_nummer navn paragraf godkendt_fra godkendt_til pladser", providers
    ),
    Register("portaltakster.csv", "tilbud_nr ydelse enhed gyldig_fra gyldig_til takst", portal_rates),
    Register(
        "kontrakter.xlsx",
        "kontrakt_nr type leverandør_nr tilbud_nr borger_nr paragraf start slut opsigelse_dage status underskrevet "
        "fravær_dage fravær_betaling_pct kalender tomgang_betaling_pct varsel_fra indeksering",
        contracts,
    ),
    Register(
        "kontraktlinjer.csv", "kontrakt_nr linje_nr art ydelse enhed formål timer timepris evalueres", contract_lines
    ),
    Register("kontrakttakster.csv", "kontrakt_nr linje_nr gyldig_fra gyldig_til pris", contract_rates),
    Register(
        "bevillinger.xlsx",
        "bevilling_nr sagsnr borger_nr paragraf status start slut enhed_nr sagsbehandler kontostreng opfølgning "
        "kontrakt_nr tilbud_nr leverandør_nr",
        grants,
    ),
    Register(
        "bevillingsydelser.csv",
        "bevilling_nr linje_nr ydelse enhed antal pr faktor kontraktlinje_nr start slut pris",
        services,
    ),
    Register("fravær.csv", "bevilling_nr fra til årsag", absences),
    Register("lukkedage.csv", "kalender dato", closed_days),
)


def write_registers(folder: Path, town: Town) -> dict[str, int]:
    """Write every register below ``folder``; returns rows by file."""
    counts: dict[str, int] = {}
    for register in REGISTERS:
        rows = list(register.rows(town))
        write = write_xlsx if register.file.endswith(".xlsx") else write_csv
        write(folder / register.file, register.columns.split(), rows)
        counts[register.file] = len(rows)
    return counts
