"""The control is measured on an example municipality that nobody developed on."""

from datetime import date

import pytest

from exampletown.generate import generate
from unit.invoices.measure import Measured, measure

HELD_OUT_SEED = 105
ENOUGH = 8


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("held_out") / "town"
    generate(folder, seed=HELD_OUT_SEED, scale=0.1, today=date(2026, 11, 21))
    found = measure(folder)
    print("\n" + found.table())  # noqa: T201 -- the figures are asked for
    return found


def test_nothing_is_wrongly_approved(measured: Measured) -> None:
    assert measured.documents > 1000
    assert measured.wrongly_approved == []
    assert measured.breaches == []


def test_an_invoice_is_ready_or_a_finding_tells_why_not(measured: Measured) -> None:
    assert (measured.neither, measured.both) == (0, 0)


def test_every_code_is_precise_and_complete(measured: Measured) -> None:
    many = [code for code in measured.right | measured.missed | measured.false if measured.right[code] >= ENOUGH]
    assert many
    assert {code: measured.precision(code) for code in many if measured.precision(code) < 0.95} == {}
    assert {code: measured.recall(code) for code in many if measured.recall(code) < 0.95} == {}
    few = sum(measured.false[code] + measured.missed[code] for code in measured.false | measured.missed)
    assert few <= 0.02 * sum(measured.right.values()) + 1


def test_hard_stops_are_raised_and_not_in_vain(measured: Measured) -> None:
    assert sum(measured.hard_stop_missed.values()) == 0
    assert sum(measured.hard_stop_false.values()) <= 1


def test_clean_invoices_need_no_person(measured: Measured) -> None:
    done, should = measured.touchless["grant_number"]
    assert done >= 0.95 * should
    free_text = [measured.touchless.get(kind, (0, 0)) for kind in ("cpr", "name")]
    assert sum(done for done, _ in free_text) >= 0.80 * sum(should for _, should in free_text)
