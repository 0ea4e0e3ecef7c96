"""Extracts of the case systems: what the grants look like there, with differences planted, and the key to them.

Sensum holds the adults' grants and DUBU the children's; both lie in the town's folder. A third system's extract, with
headings of its own, a title above and a total below, lies with the key: it is for those who map columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.habits import chance
from exampletown.reckoning import price_on
from exampletown.registers import till
from exampletown.sheets import Cell, csv_text, write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path
    from random import Random

    from exampletown.model import Citizen, Grant, Service, Supplier, Town

EXTRACT_COLUMNS = ("system", "source_id", "line", "grant_number", "difference", "theirs", "ours")
"""The key `extracts.csv`: a row for each difference that was planted."""

OWN_NUMBER_SHARE = 0.04
KINDS = (
    *(("price", 26), ("quantity", 14), ("period", 24), ("supplier", 9), ("account", 12)),
    *(("unknown_here", 12), ("unknown_there", 16)),
)
"""How many of each at scale 1; at least one at any scale."""

NEXUS_FILE = "nexus_udtræk.csv"
_SENSUM = (
    "fagsystem udtræksdato sagsnr indsats-id ydelsesnr cpr-nr lovgrundlag indsats bevilget_fra bevilget_til takst "
    "takst_pr ydelsesomfang omfang_pr leverandør_cvr konteringsstreng rådgiver"
)
_DUBU = (
    "fagsystem datadato cpr-nummer foranstaltnings-id ydelseslinje hjemmel foranstaltning iværksat ophørt beløb "
    "takstenhed antal antal_pr tilbuddets_cvr kontering sagsnummer myndighedsrådgiver"
)
_NEXUS = (
    *("Borger CPR", "Forløb", "Indsatsnummer", "Lov", "Indsatstype", "Fra", "Til og med", "Afregning", "Kr.", "Mængde"),
    *("Interval", "Firma CVR", "Kontonr."),
)
_NEXUS_SERVICES = {"ophold": "Botilbud (døgn)", "stoette": "Støtte i hjemmet", "aktivitet": "Samvær og aktivitet"}


@dataclass(slots=True)
class CaseLine:
    """A service as the case system has it; the end is exclusive."""

    system: str
    source_id: str
    line: int
    grant: Grant | None
    citizen: Citizen
    section: str
    service: str
    start: date
    end: date | None
    price: Decimal | None
    unit: str
    quantity: Decimal
    per: str
    cvr: str | None
    account: str | None
    case: str
    caseworker: str


@dataclass(slots=True)
class Extracts:
    """The lines of all case systems, and what was planted: rows of the key."""

    taken_on: date
    lines: list[CaseLine] = field(default_factory=list)
    key: list[tuple[str, ...]] = field(default_factory=list)

    def of(self, system: str) -> list[CaseLine]:
        """A system's lines, in the order of their numbers."""
        return sorted((one for one in self.lines if one.system == system), key=lambda one: (one.source_id, one.line))


def make_extracts(rng: Random, town: Town, scale: float) -> Extracts:
    """The case systems' lines as they stood yesterday, spoiled in places."""
    extracts = Extracts(town.today - timedelta(days=1))
    for grant in town.grants:
        if grant.status in {"bevilget", "stoppet"} and (grant.end is None or grant.end > town.window_start):
            extracts.lines += list(_true_lines(rng, grant, town, extracts.taken_on))
    spoiler = _Spoiler(rng, town, extracts)
    for kind, count in KINDS:
        spoiler.plant(kind, max(1, round(count * scale)))
    return extracts


def write_extracts(folder: Path, key_folder: Path, extracts: Extracts) -> dict[str, int]:
    """Write Sensum's and DUBU's extracts into the town's folder and a mapped one beside the key; rows by file."""
    taken = extracts.taken_on
    sensum = [_sensum(line, taken) for line in extracts.of("Sensum")]
    dubu = [_dubu(line, taken) for line in extracts.of("DUBU")]
    write_csv(folder / "sensum_indsatser.csv", _SENSUM.split(), sensum)
    write_xlsx(folder / "dubu_foranstaltninger.xlsx", _DUBU.split(), dubu)
    _write_nexus(key_folder / NEXUS_FILE, extracts)
    return {"sensum_indsatser.csv": len(sensum), "dubu_foranstaltninger.xlsx": len(dubu)}


def _true_lines(rng: Random, grant: Grant, town: Town, taken: date) -> Iterator[CaseLine]:
    """A grant's services as they are, under its number, or now and then under a number of the case system's own."""
    system = "DUBU" if grant.section.startswith("BL") else "Sensum"
    own = chance(rng, OWN_NUMBER_SHARE) and grant.number not in town.renewed and grant.flaw is None
    number = f"{system[0]}{rng.randrange(100_000, 999_999)}" if own else grant.number
    for service in grant.services:
        start = service.start or grant.start
        end = service.end if service.end is not None else grant.end
        day = max(start, min(taken, taken if end is None else end - timedelta(days=1)))
        yield CaseLine(
            *(system, number, service.number, grant, grant.citizen, grant.section, service.service, start, end),
            *(_price(service, day), service.unit, service.quantity, service.per),
            *(grant.supplier.cvr if grant.supplier else None, grant.account, grant.case, grant.caseworker),
        )


def _price(service: Service, day: date) -> Decimal | None:
    return None if service.line is not None and service.line.unpriced else price_on(service, day)


class _Spoiler:
    """Plants differences; each grant gets one at most, so that the key stays readable."""

    def __init__(self, rng: Random, town: Town, extracts: Extracts) -> None:
        self.rng, self.town, self.extracts = rng, town, extracts
        self.spoiled: set[str] = set()
        base = [line for line in extracts.lines if self._runs(line) and line.line == 1]
        self.pool = [line for line in base if line.grant and line.grant.flaw is None and line.price is not None]
        rng.shuffle(self.pool)

    def plant(self, kind: str, wanted: int) -> None:
        """So many of the kind."""
        act: Callable[[CaseLine], tuple[str, str] | None] = getattr(self, f"_{kind}")
        for line in list(self.pool):
            if not wanted:
                return
            grant = line.grant
            if grant is None or grant.number in self.spoiled or grant.number in self.town.renewed:
                continue
            told = act(line)
            if told is not None:
                self.spoiled.add(grant.number)
                wanted -= 1
                number = "" if kind == "unknown_here" else grant.number
                subject = self.extracts.lines[-1] if kind == "unknown_here" else line
                self.extracts.key.append((subject.system, subject.source_id, str(subject.line), number, kind, *told))

    def _runs(self, line: CaseLine) -> bool:
        """It has run for two months and goes on, so that every difference costs something this year."""
        began = line.start <= self.town.today - timedelta(days=62)
        return began and (line.end is None or line.end > self.town.today + timedelta(days=31))

    def _price(self, line: CaseLine) -> tuple[str, str]:
        true = line.price or Decimal(0)
        factor = self.rng.choice((Decimal("1.03"), Decimal("0.97"), Decimal("1.1"), Decimal("1.21")))
        line.price = round(true * factor, 2)
        return f"{line.price:f}", f"{true:f}"

    def _quantity(self, line: CaseLine) -> tuple[str, str] | None:
        if line.unit in {"døgn", "åbningsdag", "måned"} and line.quantity == 1:
            return None
        true, line.quantity = line.quantity, line.quantity + self.rng.choice((1, 2, Decimal("0.5")))
        return f"{line.quantity:f}", f"{true:f}"

    def _period(self, line: CaseLine) -> tuple[str, str]:
        """Another end for every line of the grant, as when the stop was told to one system alone; or another start."""
        days = timedelta(days=self.rng.randrange(8, 55))
        if chance(self.rng, 0.3):
            true, line.start = line.start, self.town.window_start + timedelta(days=self.rng.randrange(1, 28))
            if true < line.start:
                return f"fra {line.start}", f"fra {true}"
            line.start = true
        told = line.end, self.town.today - days
        line.end = told[1]
        return f"til {told[1]}", f"til {told[0] or ''}"

    def _supplier(self, line: CaseLine) -> tuple[str, str] | None:
        if line.cvr is None:
            return None
        others: list[Supplier] = [one for one in self.town.suppliers if one.cvr != line.cvr]
        true, line.cvr = line.cvr, self.rng.choice(others).cvr
        for other in self._of_same_grant(line):
            other.cvr = line.cvr
        return line.cvr, true

    def _account(self, line: CaseLine) -> tuple[str, str] | None:
        true = line.account
        if true is None:
            return None
        line.account = f"{true[:1]}{'5382' if true[1:5] != '5382' else '5385'}{true[5:]}"
        for other in self._of_same_grant(line):
            other.account = line.account
        return line.account, true

    def _unknown_here(self, line: CaseLine) -> tuple[str, str] | None:
        """A grant like this one, to another citizen who has none of the section."""
        without = [
            one
            for one in self.town.citizens
            if one.died is None and one.moved_out is None
            and all(grant.section != line.section for grant in self.town.grants_of(one))
        ]  # fmt: skip
        if not without:
            return None
        number = f"{line.system[0]}{self.rng.randrange(100_000, 999_999)}"
        citizen = self.rng.choice(without)
        self.extracts.lines.append(replace(line, source_id=number, grant=None, citizen=citizen, line=1))
        return number, ""

    def _unknown_there(self, line: CaseLine) -> tuple[str, str]:
        lines = self.extracts.lines
        lines[:] = [one for one in lines if one.grant is not line.grant]
        return "", line.source_id

    def _of_same_grant(self, line: CaseLine) -> Iterable[CaseLine]:
        return [one for one in self.extracts.lines if one.grant is line.grant and one is not line]


def _cpr(line: CaseLine) -> str:
    return f"{line.citizen.cpr[:6]}-{line.citizen.cpr[6:]}"


def _sensum(line: CaseLine, taken: date) -> tuple[Cell, ...]:
    return (
        *(line.system, taken, line.case, line.source_id, line.line, _cpr(line), line.section, _word(line.service)),
        *(line.start, till(line.end), line.price, line.unit, line.quantity, line.per, line.cvr, line.account),
        line.caseworker,
    )


def _dubu(line: CaseLine, taken: date) -> tuple[Cell, ...]:
    return (
        *(line.system, taken, _cpr(line), line.source_id, line.line, line.section, _word(line.service), line.start),
        *(till(line.end), line.price, line.unit, line.quantity, line.per, line.cvr, line.account, line.case),
        line.caseworker,
    )


def _word(service: str) -> str:
    return {"stoette": "støtte", "beskaeftigelse": "beskæftigelse", "saertakst": "særtakst", "tillaeg": "tillæg"}.get(
        service, service
    )


def _write_nexus(path: Path, extracts: Extracts) -> None:
    """Some of Sensum's as another system writes them: own headings and words, a title above, a sum below."""
    chosen = [one for one in extracts.of("Sensum") if one.service in _NEXUS_SERVICES and one.price is not None][:40]
    with path.open("w", encoding="cp1252", newline="") as out:
        out.write(f"Nexus - Indsatsliste pr. {extracts.taken_on:%d.%m.%Y}\r\n\r\n")
        out.write(";".join(_NEXUS) + "\r\n")
        for line in chosen:
            out.write(";".join(csv_text(cell) for cell in _nexus(line)) + "\r\n")
        total = sum((one.price or Decimal(0) for one in chosen), Decimal(0))
        out.write(f"I alt;;;;;;;;{_grouped(total)};;;;\r\n")


def _nexus(line: CaseLine) -> tuple[Cell, ...]:
    law = line.section.replace("SEL", "Serviceloven")
    return (
        *(_cpr(line), line.case, line.source_id, law, _NEXUS_SERVICES[line.service], line.start, till(line.end)),
        *(f"pr. {line.unit}", _grouped(line.price or Decimal(0)), line.quantity, line.per, line.cvr, line.account),
    )


def _grouped(amount: Decimal) -> str:
    """1234.5 → 1.234,50."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
