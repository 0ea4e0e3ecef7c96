"""Which column of an unknown spreadsheet holds what."""

from styr.integrations.core.answers import Answers, ChosenColumns, answers_from, answers_json
from styr.integrations.spreadsheets.core.guess import propose
from styr.integrations.spreadsheets.core.reading import read_tables, registers_of

OWN = """\
Botilbud 2026;;;;;;;;;;
Person;Hvem;Hos;Firmanr;Jf.;Hvad;Kr.;Per;Begynder;Ophører;Note
610170-1111;Åse Østergård;Solgården ApS;12345674;SEL § 107;ophold;1.950,00;døgn;01-01-2026;;ro
620280-2222;Bjørn Ærø;Region Øst;12345682;SEL § 104;aktivitet;612,00;uge;01-01-2026;31-12-2026;
"""


def guessed(text: str) -> dict[str, str]:
    [table] = read_tables(text.encode(), file="egen.csv", workbook=False)
    found = propose(table)
    assert found is not None
    return {guess.heading: guess.field for guess in found.columns}


def test_columns_are_guessed_by_what_their_values_look_like() -> None:
    assert guessed(OWN) == {
        "Person": "cpr",
        "Hvem": "name",
        "Hos": "supplier_name",
        "Firmanr": "cvr",
        "Jf.": "section",
        "Hvad": "service",
        "Kr.": "amount",
        "Per": "unit",
        "Begynder": "starts",
        "Ophører": "ends",
        "Note": "",
    }


def test_columns_are_guessed_by_their_headings_where_values_tell_nothing() -> None:
    found = guessed("Personnummer;Borgerens navn;Leverandørens navn;Startdato\n;;;\n;x;y;\n")
    assert found == {
        "Personnummer": "cpr",
        "Borgerens navn": "name",
        "Leverandørens navn": "supplier_name",
        "Startdato": "starts",
    }


def test_samples_never_show_a_whole_cpr_number() -> None:
    [table] = read_tables(OWN.encode(), file="egen.csv", workbook=False)
    found = propose(table)
    assert found is not None
    assert (found.header_row, found.missing) == (2, ())
    assert found.columns[0].samples == ("610170-••••", "620280-••••")


def test_a_sheet_is_read_by_the_columns_chosen_and_with_the_cells_mended() -> None:
    tables = read_tables(OWN.encode(), file="egen.csv", workbook=False)
    places = {"cpr": 0, "name": 1, "supplier_name": 2, "cvr": 3, "section": 4, "service": 5, "amount": 6, "unit": 7,
              "starts": 8}  # fmt: skip
    answers = Answers().with_columns("egen.csv", "", ChosenColumns("samlet oversigt", 2, places))
    answers = answers.with_cells("egen.csv", "", {(3, 6): "2.000,50"}, left_out=frozenset({4}))
    assert answers_from(answers_json(answers)) == answers
    [table] = registers_of(tables, file="egen.csv", answers=answers)
    assert [(number, str(row.amount)) for number, row in table.rows] == [(3, "2000.50")]
    assert answers.identity("egen.csv", "abc") != "abc"
    assert answers.identity("anden.csv", "abc") == "abc"
