"""The economy's bad input, walked over every way its figures come in: told row by row, never guessed, nothing landed.

One file a way in holds every fault at once: cells that cannot be read and rows that the register refuses are told in
the same round, each where it stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from db.reconciliation.test_mappings import Desk, desk, uncontrolled  # noqa: F401 - fixtures
from styr.integrations import uploads
from styr.integrations.core.outcome import Found
from styr.integrations.mappings.core.sources import source_of

pytestmark = pytest.mark.django_db
ACCOUNT = "5385214000100140"
UNKNOWN_ACCOUNT = "9999914000100140"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Way:
    """A way in: its kind of extract, the register and table it fills, its own headings, and a row that is right."""

    source: str
    register: str
    table: str
    headings: Mapping[str, str]
    good: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    day: str = "posted_on"
    far: str = "03-03-2019"

    @property
    def head(self) -> str:
        """The row of headings, in the extract's own words."""
        return ";".join(self.headings.values())

    def row(self, number: int, **other: str) -> str:
        """A row of its own number, right but for what is told."""
        told = {name: value.format(n=number) for name, value in self.good.items()} | other
        return ";".join(told.get(name, "") for name in self.headings)


POSTED = {"voucher": "{n}", "line_no": "1", "posted_on": "03-03-2026", "account_string": ACCOUNT, "amount": "10,00"}
BUDGETED = {"year": "2026", "kind": "oprindelig", "account_string": ACCOUNT, "amount": "10,00", "text": "Linje {n}"}
GRANTED = {
    "cpr": "610170-1111",
    "source_id": "N{n}",
    "section": "SEL § 107",
    "service": "ophold",
    "amount": "10,00",
    "starts": "01-01-2026",
    "unit": "døgn",
    "quantity": "1",
    "per": "dag",
    "account_string": ACCOUNT,
}
CASE = {
    "cpr": "Borger",
    "source_id": "Forløb",
    "section": "Grundlag",
    "service": "Type",
    "starts": "Iværksat d.",
    "unit": "Afregnet",
    "amount": "Kr. pr",
    "quantity": "Mængden",
    "per": "Hyppighed",
    "account_string": "Streng",
}
WAYS = (
    Way("opus_posteringer", "posteringer", "ledger_posting", {
        "voucher": "Bilag/nr", "line_no": "Pos.", "posted_on": "Bogf.dato", "account_string": "PSP-element",
        "amount": "Beløb i DKK", "text": "Positionstekst", "kind": "Bilagsart",
    }, {**POSTED, "kind": "KR"}, {"kind": {"KR": "betaling"}}),
    Way("pecunia_betalinger", "posteringer", "ledger_posting", {
        "voucher": "Betalingsnr", "line_no": "Delpost", "posted_on": "Udbetalt den", "account_string": "Konteres på",
        "amount": "Udbetaling", "text": "Forklaring",
    }, POSTED),
    Way("prisme_posteringer", "posteringer", "ledger_posting", {
        "account_string": "Dimension", "posted_on": "Transdato", "voucher": "Bilagsnummer", "line_no": "Linjeid",
        "text": "Transtekst", "amount": "Beløb i regnskabsvaluta",
    }, POSTED),
    *(
        Way(f"{system}_budgetter", "budgetter", "ledger_budgetline", {
            "year": "Aar", "kind": "Budgetlag", "account_string": "Fuld streng", "amount": "Budgetteret kr.",
            "text": "Kommentar",
        }, BUDGETED, day="", far="2005")
        for system in ("opus", "prisme", "calibra")
    ),
    *(
        Way(f"{system}_bevillinger", "fagsystembevillinger", "reconciliation_casegrant", CASE, GRANTED, day="starts")
        for system in ("sensum", "dubu", "nexus", "calibra")
    ),
)  # fmt: skip


def read(desk: Desk, way: Way, name: str, rows: list[str]) -> Found:  # noqa: F811 - a fixture
    """Hand the rows in under the extract's own headings, choose its columns unless the choice is kept, and look."""
    found = desk.hand_in(name, *rows, head=way.head)
    if not found.proposals and not found.alternatives:
        return found
    with desk.scope():
        uploads.choose_columns(
            upload_id=desk.upload_id, file=name, sheet="", register=way.register, words=way.words,
            fields=dict(enumerate(way.headings)), keep_as=way.source, source=way.source, now=NOW,
        )  # fmt: skip
    return desk.look()


def told(found: Found) -> set[tuple[int | None, str | None]]:
    """Row (from 1, headings and title above the rows left out) and column of every error."""
    return {(one.row - 3, one.column) for one in found.problems if one.severity == "error" and one.row}


def unreadable(way: Way) -> Iterator[tuple[str, str]]:
    """Rows that cannot be read, each with the field that tells so."""
    yield way.row(2, amount="1.234"), "amount"
    yield way.row(3, amount="10,00 D"), "amount"
    yield way.row(4, amount="1,2,3"), "amount"
    if way.day:
        yield way.row(5, **{way.day: "01-02-1899"}), way.day
        yield way.row(6, **{way.day: "30-12-1899"}), way.day
        yield way.row(7, **{way.day: "03-04-26"}), way.day
        yield way.row(8, **{way.day: "31-02-2026"}), way.day
    yield way.row(9, account_string="538521400010"), "account_string"


def refused(way: Way) -> Iterator[tuple[str, str]]:
    """Rows that can be read and may not land: unknown accounts, other years, and the same row again."""
    if way.register == "fagsystembevillinger":
        yield way.row(2, amount="-10,00"), "amount"
        yield way.row(3, quantity="-1"), "quantity"
    else:
        yield way.row(2, account_string=UNKNOWN_ACCOUNT), "account_string"
        yield way.row(3, **({way.day: way.far} if way.day else {"year": way.far})), way.day or "year"
        yield way.row(4, **({way.day: "03-09-2026"} if way.day else {"year": "2099"})), way.day or "year"
    known_by = {"posteringer": "voucher", "budgetter": "account_string", "fagsystembevillinger": "source_id"}
    yield way.row(1, amount="1.234,50"), known_by[way.register]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.source)
def test_every_way_in_tells_bad_input_row_by_row_and_lands_nothing(desk: Desk, way: Way) -> None:  # noqa: F811 - a fixture
    first = [way.row(1, amount="1.234,50"), way.row(20, amount="1,234.50")]
    found = desk.hand_in("foerst.csv", *first, head=way.head)
    assert found.proposals or found.alternatives, "other headings are asked about, and nothing is read meanwhile"
    assert not found.lands_something
    source = source_of(way.source)
    assert source is not None
    names = {column.field: column.name for column in source.spec.columns}
    rows = [*unreadable(way), *refused(way)]
    found = read(desk, way, "fejl.csv", [*first, *(row for row, _ in rows)])
    expected = {(at, names[name]) for at, (_, name) in enumerate(rows, 3)}
    assert told(found) >= expected, (told(found), expected)
    assert {row for row, _ in told(found)} == {row for row, _ in expected}, "rows that are right are not blamed"
    assert not found.lands_something
    assert [one.row for one in found.problems if one.row] == sorted(one.row for one in found.problems if one.row)
    assert "asked_of_some" in {one.code for one in found.problems}
    if way.source in {"opus_posteringer", "opus_budgetter"}:
        _totals(desk, way)
    assert desk.ask(f"SELECT count(*) FROM {way.table}") == [(0,)], "trials and files with faults land nothing"  # noqa: S608 - a name of ours
    landed = read(desk, way, "rigtig.csv", [*first, way.row(2, amount="30,00")])
    assert landed.lands_something, landed.problems


def _totals(desk: Desk, way: Way) -> None:  # noqa: F811 - a fixture
    """A row of totals is passed over and told; one that is wrong, or has all a row must have, keeps the file out."""
    rows = [way.row(n) for n in (1, 5, 6)]
    total = ";".join({"text": "I alt", "amount": "30,00"}.get(name, "") for name in way.headings)
    assert "total_row" in {one.code for one in read(desk, way, "sum.csv", [*rows, total]).problems}
    wrong = read(desk, way, "sum-forkert.csv", [*rows, total.replace("30,00", "31,00")])
    assert "total_differs" in {one.code for one in wrong.problems}
    filled = read(desk, way, "sum-udfyldt.csv", [*rows, way.row(7, amount="30,00", text="I alt")])
    assert "looks_like_total" in {one.code for one in filled.problems}
    assert not filled.lands_something
