"""Processes that read beside the importer: whatever happens to them, every document comes back, in its order."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from styr.integrations.core.reader_process import COMMAND, Patience
from styr.integrations.core.reading_documents import READER_LOST, Raw, read_batches
from styr.invoices.core.intake import HmacIndex

INVOICE = (Path(__file__).parents[2] / "data/import/fakturaer/2026-001.xml").read_bytes()
INDEX = HmacIndex(b"k" * 32)
FRAGILE = (sys.executable, str(Path(__file__).with_name("fragile_reader.py")))
PATIENCE = Patience(start=30, batch=2, one=2)


def raw(name: str, data: bytes = INVOICE) -> Raw:
    return Raw(name, sha256(data).hexdigest(), data)


def outcomes(
    *batches: list[Raw],
    command: tuple[str, ...] = FRAGILE,
    expected: int = 1000,
    careful: bool = False,
    patience: Patience = PATIENCE,
) -> list[tuple[str, str]]:
    """Each document's name, and `ok` or its error."""
    read = read_batches(
        batches, index=INDEX, expected=expected, processes=1, careful=careful, patience=patience, command=command
    )
    return [
        (one.name, document.error[0] if document.error else "ok")
        for batch in read
        for one, document in batch
        if document.data == one.data and document.sha256 == one.sha256
    ]


def test_batches_read_beside_come_back_in_their_order_as_if_read_here() -> None:
    batches = [[raw(f"{n}-{m}.xml") for m in range(2)] for n in range(6)] + [[]]
    given = {"index": INDEX, "processes": 2, "patience": Patience()}
    beside = list(read_batches(batches, expected=1000, **given))  # type: ignore[arg-type]  # a dict of several types
    assert beside == list(read_batches(batches, expected=1, **given))  # type: ignore[arg-type]  # the same


def test_a_document_that_crashes_its_reader_is_told_and_the_others_of_its_batch_are_read() -> None:
    batch = [raw("a.xml"), raw("b.xml", b"<CRASH/>"), raw("c.xml")]
    assert outcomes(batch, [raw("d.xml")]) == [
        ("a.xml", "ok"),
        ("b.xml", READER_LOST),
        ("c.xml", "ok"),
        ("d.xml", "ok"),
    ]


def test_a_reader_that_stops_is_ended_when_its_time_is_up() -> None:
    assert outcomes([raw("a.xml", b"<STOP/>"), raw("b.xml")]) == [("a.xml", READER_LOST), ("b.xml", "ok")]


def test_a_reader_that_somebody_ends_costs_no_document(tmp_path: Path) -> None:
    data = INVOICE + b"<!--ONCE-->"
    assert [outcome for _, outcome in outcomes([raw(str(tmp_path / "a.xml"), data), raw("b.xml")])] == ["ok", "ok"]


@pytest.mark.parametrize(
    "command", [("/findes/ikke",), (sys.executable, "-c", "raise SystemExit"), (*FRAGILE, "--never")]
)
def test_where_no_reader_can_be_had_documents_are_read_here(command: tuple[str, ...]) -> None:
    patience = Patience(start=1)
    assert outcomes([raw("a.xml")], [raw("b.xml")], command=command, patience=patience) == [
        ("a.xml", "ok"),
        ("b.xml", "ok"),
    ]


def test_few_documents_are_read_beside_when_one_may_have_ended_an_earlier_importer() -> None:
    batch = [raw("a.xml"), raw("b.xml", b"<CRASH/>")]
    assert outcomes(batch, expected=2, careful=True) == [("a.xml", "ok"), ("b.xml", READER_LOST)]


def test_an_importer_that_stops_asking_leaves_no_process_and_does_not_wait() -> None:
    batches = [[raw(f"{n}.xml", b"<STOP/>")] for n in range(20)]
    patience = Patience(start=30, batch=60, one=60)
    reading = read_batches(
        [[raw("a.xml")], [raw("b.xml")], [raw("c.xml")], *batches],
        index=INDEX,
        expected=1000,
        processes=1,
        patience=patience,
        command=FRAGILE,
    )
    assert len(next(reading)) == 1
    reading.close()  # type: ignore[attr-defined]  # a generator


def test_a_main_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "print('began', flush=True)\n"
        "from styr.integrations.core.reading_documents import Raw, read_batches\n"
        "from styr.invoices.core.intake import HmacIndex\n"
        "given = {'index': HmacIndex(b'k'), 'expected': 1000, 'processes': 2}\n"
        "print(sum(len(batch) for batch in read_batches([[Raw('a', '', b'x')]] * 3, **given)))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.split() == ["began", "3"]


def test_the_real_reader_starts() -> None:
    assert outcomes([raw("a.xml")], command=COMMAND) == [("a.xml", "ok")]
