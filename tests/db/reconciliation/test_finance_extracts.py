"""Extracts after Opus, Calibra and Pecunia: from file to figures, and the choice of columns kept and known again."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.reconciliation.test_mappings import NOW, Desk, desk, found_error, uncontrolled  # noqa: F401 - fixtures
from exampletown.generate import generate
from styr.integrations import uploads
from styr.integrations.core.outcome import Found
from styr.integrations.sources import Held

pytestmark = pytest.mark.django_db
TABLES = ("ledger_posting", "ledger_budgetline")
TOWN_DAY = date(2026, 3, 31)


@dataclass(frozen=True)
class Extract:
    """One of the files, how its columns are chosen, and what it fills."""

    file: str
    source: str
    register: str
    fields: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, str]
    table: str


OPUS = Extract(
    "opus_posteringer.csv",
    "opus_posteringer",
    "posteringer",
    {
        "Bilag/nummer": "voucher", "Pos.": "line_no", "Bilagsart": "kind", "Bogf.dato": "posted_on",
        "Regnskabsper.": "month", "PSP-element": "account_string", "Beløb i DKK": "amount", "Positionstekst": "text",
        "Kreditors CVR": "supplier_cvr", "Henvisning": "invoice_number", "Borger-id": "citizen_source_id",
        "Bevillingsref.": "grant_number",
    },
    {"kind": {"KR": "betaling", "EB": "egenbetaling", "SR": "refusion", "OM": "korrektion", "SA": "andet"}},
    {},
    "ledger_posting",
)  # fmt: skip
CALIBRA = Extract(
    "calibra_budgetter.csv",
    "calibra_budgetter",
    "budgetter",
    {
        "Aar": "year", "Budgetlag": "kind", "Fuld konto": "account_string", "Budgetteret kr.": "amount",
        "CPR-sag": "citizen_source_id", "Ydelsesref.": "grant_number", "Center": "unit_source_id", "Kommentar": "text",
    },
    {"kind": {"Vedtaget": "oprindelig", "Tillægsbevilling": "tillæg", "Korrigeret": "korrigeret"}},
    {},
    "ledger_budgetline",
)  # fmt: skip
PECUNIA = Extract(
    "pecunia_betalinger.csv",
    "pecunia_betalinger",
    "posteringer",
    {
        "Betalingsnr": "voucher", "Delpost": "line_no", "Udbetalt den": "posted_on", "Vedr. periode": "month",
        "Konteres på": "account_string", "Udbetaling": "amount", "Modtagers CVR": "supplier_cvr",
        "Regning": "invoice_number", "Sag": "grant_number", "Person": "citizen_source_id", "Forklaring": "text",
    },
    {},
    {"kind": "betaling"},
    "ledger_posting",
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "kommune"
    generate(folder, seed=11, scale=0.01, today=TOWN_DAY)
    return folder.with_name("kommune-facit")


def key_of(files: Path, extract: Extract) -> tuple[int, int]:
    with (files / "finance_extracts.csv").open(encoding="utf-8", newline="") as told:
        row = next(row for row in csv.DictReader(told, delimiter=";") if row["file"] == extract.file)
    return int(row["rows"]), int(Decimal(row["total"]) * 100)


def hand_in(desk: Desk, name: str, data: bytes) -> Found:  # noqa: F811 - a fixture
    with desk.scope():
        desk.upload_id = uploads.hand_in(
            municipality_id=desk.municipality.id, actor_id=desk.actor.id, files=[Held(name, data)], now=NOW
        )
    return desk.look()


def choose(desk: Desk, extract: Extract, data: bytes) -> Found:  # noqa: F811 - a fixture
    text = data.decode("cp1252" if extract is OPUS else "utf-8-sig")
    heading = next(line for line in text.splitlines() if line.count(";") > 3).split(";")
    with desk.scope():
        uploads.choose_columns(
            upload_id=desk.upload_id,
            file=extract.file,
            sheet="",
            register=extract.register,
            fields={heading.index(title): name for title, name in extract.fields.items()},
            words=extract.words,
            keep_as=f"Vores {extract.source}",
            source=extract.source,
            now=NOW,
        )
    return desk.look()


@pytest.mark.parametrize("extract", [OPUS, CALIBRA, PECUNIA], ids=lambda one: one.source)
def test_an_extract_is_read_from_file_to_figures_and_its_columns_are_kept(
    desk: Desk,  # noqa: F811 - a fixture
    files: Path,
    extract: Extract,
) -> None:
    data = (files / extract.file).read_bytes()
    rows, total = key_of(files, extract)
    assert rows > 20
    hand_in(desk, "enheder.csv", (files.with_name("kommune") / "enheder.csv").read_bytes())
    desk.land()
    hand_in(desk, extract.file, data)
    tried = choose(desk, extract, data)
    assert tried.errors == 0, [one.message for one in tried.problems[:5]]
    assert tried.tables[extract.register].new == rows
    assert found_error(tried, "total_row")
    assert [(name, version) for name, version, _ in desk.saved()] == [(f"Vores {extract.source}", 1)]
    desk.land()
    sums = {table: desk.ask(f"SELECT count(*), sum(amount_ore)::bigint FROM {table}") for table in TABLES}  # noqa: S608 - our own names
    assert sums[extract.table] == [(rows, total)]
    again = hand_in(desk, f"næste-{extract.file}", data + b"\r\n")
    assert again.proposals == [], "the kept choice reads the next file by itself"
    assert again.tables[extract.register].unchanged == rows


def test_what_opus_books_after_the_year_is_december_and_its_words_are_ours(desk: Desk, files: Path) -> None:  # noqa: F811 - a fixture
    data = (files / OPUS.file).read_bytes()
    assert b"013.2025" in data
    hand_in(desk, OPUS.file, data)
    choose(desk, OPUS, data)
    desk.land()
    late = sum(
        line.split(b";")[4][:3] in {b"013", b"014", b"015", b"016"} for line in data.splitlines() if b";" in line
    )
    december = "SELECT count(*) FROM ledger_posting WHERE posted_on >= '2026-01-01' AND month = '2025-12-01'"
    assert desk.ask(december) == [(late,)]
    assert late > 0
    kinds = dict(desk.ask("SELECT kind, sign(sum(amount_ore))::int FROM ledger_posting GROUP BY kind"))
    assert kinds["payment"] == 1
    assert kinds["user_payment"] == -1


def test_a_sum_that_is_wrong_keeps_the_file_out(desk: Desk, files: Path) -> None:  # noqa: F811 - a fixture
    data = (files / PECUNIA.file).read_bytes()
    lines = data.decode().split("\r\n")
    without = "\r\n".join([*lines[:3], *lines[4:]]).encode()
    hand_in(desk, PECUNIA.file, without)
    tried = choose(desk, PECUNIA, without)
    assert found_error(tried, "total_differs")
    assert not tried.lands_something
