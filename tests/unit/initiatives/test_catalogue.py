"""The shipped catalogue reproduces, files are read with errors that name their place, and plans tell how they stand."""

from datetime import date
from uuid import UUID

import pytest

from styr.initiatives.core.interval import read, total, written
from styr.initiatives.core.plan import PlanStep, makes_circle, states
from styr.initiatives.core.reading import read_catalogue
from styr.initiatives.core.remarks import Amounts, Stated, remarks
from styr.initiatives.reference.shipped import STATED, shipped

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def test_the_shipped_catalogue_reproduces_its_source() -> None:
    found = shipped()
    assert not found.faults
    assert len(found.rows) == 15
    assert [row.number for row in found.rows if row.political] == [3, 4, 11]
    printed = {row.number: (written(row.baseline), written(row.saving)) for row in found.rows}
    assert printed[1] == ("22,0", "0,1-0,2")
    assert printed[5] == ("3,4", "<0,1")
    assert printed[13] == (">3,3", "Ikke estimeret")
    assert printed[14] == ("18,0", "0,0")
    summed = total(row.saving for row in found.rows)
    assert (written(summed.estimated), summed.unknown, summed.words) == ("1,2-2,2", 4, "mindst 1,2")
    assert found.rows[0].departments == ("CBD", "CÆO", "CFH", "CSD", "CJU")


def test_what_the_source_does_not_add_up_is_told() -> None:
    rows = [Amounts(row.number, row.baseline, row.saving) for row in shipped().rows]
    told = remarks(STATED, rows)
    assert len(told) == 3
    assert told[0] == "Kilden angiver 14 indsatser, men kataloget har 15."
    assert "1,4-2,0" in told[1]
    assert "1,2-2,2 mio. kr. (hvor fx <0,1 regnes som 0 til 0,1), og 4 er ikke estimeret." in told[1]
    assert "mindst 81,6 mio. kr. mod hele områdets 22,0" in told[2]


def test_a_catalogue_that_adds_up_gets_no_remarks() -> None:
    rows = [Amounts(1, read("2,0"), read("0,1-0,2")), Amounts(2, read("1,0"), read("0,3"))]
    assert remarks(Stated(read("3,0"), read("0,4-0,5"), 2), rows) == ()
    assert remarks(Stated(), rows) == ()


def test_a_saving_above_its_baseline_is_told() -> None:
    (told,) = remarks(Stated(), [Amounts(7, read("0,1"), read("0,5"))])
    assert told == "Indsats 7 skal spare 0,5 mio. kr. af en baseline på kun 0,1."


def test_a_file_with_danish_columns_and_semicolons_is_read() -> None:
    (row,) = read_catalogue(
        "nr;indsats;tema;baseline;besparelse;tovholder;politisk;centre;andet\r\n"
        "4;Fælles indkøb;Marked;2,0;>0,3;Team U;nej;CBD, CFH;x\r\n;;;;;;;;\r\n"
    ).rows
    assert (row.title, row.theme, written(row.saving)) == ("Fælles indkøb", "Marked", ">0,3")
    assert (row.political, row.departments) == (False, ("CBD", "CFH"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", "Filen"),
        ("nr;titel\n", "Filen"),
        ("titel\nx", "nr"),
        ("nr;titel\n0;x", "nr"),
        ("nr;titel\n1;x\n1;y", "nr"),
        ("nr;titel\n1;", "titel"),
        ("nr;titel;baseline\n1;x;-2,0", "baseline"),
        ("nr;titel;besparelse\n1;x;0,2-0,1", "besparelse"),
        ("nr;titel;politisk\n1;x;måske", "politisk"),
        ("nr;titel\n" + "\n".join(f"{number};x" for number in range(1, 502)), "Filen"),
    ],
)
def test_a_faulty_file_names_the_row_the_column_and_the_mend(text: str, column: str) -> None:
    (fault,) = read_catalogue(text).faults
    assert fault.column == column
    assert fault.mend
    assert str(fault).startswith(f"Række {fault.line}, {column}:" if fault.line else f"{column}:")


def test_a_plan_tells_how_each_phase_stands() -> None:
    def step(id_: UUID, first: int, last: int, done: int = 0, after: UUID | None = None) -> PlanStep:
        done_on = date(2026, done, 1) if done else None
        return PlanStep(id_, f"Fase {id_.int}", date(2026, first, 1), date(2026, last, 1), done_on, after)

    told = states([step(TWO, 3, 5, after=ONE), step(ONE, 1, 3, done=2), step(THREE, 6, 9)], today=date(2026, 4, 1))
    assert [(one.step.id, one.words, one.tone) for one in told] == [
        (ONE, "færdig", "good"), (TWO, "i gang", "actual"), (THREE, "planlagt", "planned"),
    ]  # fmt: skip
    late, waits = states([step(ONE, 1, 3), step(TWO, 3, 5, after=ONE)], today=date(2026, 4, 1))
    assert (late.words, waits.words) == ("over tiden", "venter på »Fase 1«")
    assert states([step(ONE, 1, 4), step(TWO, 3, 5, after=ONE)], today=date(2026, 1, 1))[1].tone == "over"


def test_no_initiative_comes_to_wait_for_itself() -> None:
    pairs = [(ONE, TWO), (TWO, THREE)]
    assert makes_circle(pairs, initiative=THREE, needs=ONE)
    assert makes_circle(pairs, initiative=TWO, needs=TWO)
    assert not makes_circle(pairs, initiative=ONE, needs=THREE)
