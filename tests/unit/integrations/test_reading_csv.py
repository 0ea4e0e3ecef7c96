from datetime import date
from decimal import Decimal

import pytest

from styr.contracts.core.rows import ContractRateRow
from styr.grants.core.rows import GrantRow
from styr.integrations.core.problems import Severity
from styr.integrations.spreadsheets.core.reading import MOST_PROBLEMS, RegisterTable, read_registers
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.spreadsheets.core.table import UnreadableFileError

GRANTS = """\
bevilling_nr;sagsnr;borger_nr;paragraf;status;start;slut;enhed_nr;sagsbehandler;kontostreng;opfølgning;\
kontrakt_nr;tilbud_nr;leverandør_nr
B1000001-3;27.57-1;77;SEL § 107;bevilget;01-01-2026;31-12-2026;12;Åse;5385211234012341;01-07-2026;K-2026-0001;T1;L1
B1000002-1;;78;Barnets Lov §43;Forventet;1.2.2026;;12;;;;;;
"""
RATES = "kontrakt_nr;linje_nr;gyldig_fra;gyldig_til;pris\nK-2026-0001;1;01-01-2026;30-06-2026;{}\n"


def read(text: str, name: str = "fil.csv") -> RegisterTable:
    [table] = read_registers(text.encode(), file=name, workbook=False)
    return table


def refusal(data: bytes | str) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_registers(data.encode() if isinstance(data, str) else data, file="fil.csv", workbook=False)
    return refused.value.problem.sentence()


def errors(text: str) -> list[str]:
    return [problem.sentence() for problem in read(text).problems if problem.severity is Severity.ERROR]


def test_a_register_is_read_into_rows_with_half_open_periods() -> None:
    table = read(GRANTS)
    assert table.spec.name == "bevillinger"
    assert not table.problems
    (first_number, first), (_, second) = table.rows
    assert first_number == 2
    assert first == GrantRow(
        source_id="B1000001-3",
        case_number="27.57-1",
        citizen_source_id="77",
        section="SEL-107",
        status="granted",
        starts=date(2026, 1, 1),
        ends=date(2027, 1, 1),
        unit_source_id="12",
        caseworker="Åse",
        account_string="5385211234012341",
        follow_up_on=date(2026, 7, 1),
        contract_number="K-2026-0001",
        provider_unit_source_id="T1",
        supplier_source_id="L1",
    )
    assert (second.section, second.status, second.ends, second.caseworker) == ("BL-43", "expected", None, None)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = RATES.format('"1.234,50"').replace(";", separator)
    assert read(text).rows[0][1] == ContractRateRow(
        contract_number="K-2026-0001",
        line_no=1,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 7, 1),
        amount=Decimal("1234.5"),
    )


def test_excels_own_separator_line_and_titles_above_the_headings_are_passed_over() -> None:
    table = read("sep=;\nUdtræk pr. 1. juni;;\n;;\nKalender ; DATO;bemærkning\nfast;24-12-2026;jul\n")
    assert table.rows[0][0] == 5
    assert [problem.severity for problem in table.problems] == [Severity.NOTE]
    assert "»bemærkning«" in table.problems[0].message


def test_headings_are_known_by_other_ways_of_writing_them_and_in_any_order() -> None:
    table = read("Navn;TYPE;CVR-nr.;Leverandor-Nr;Ean nummer\nSolgården;Fond;DK 1234 5674;007;\n")
    assert table.spec.name == "leverandører"
    assert table.rows[0][1].source_id == "007"
    assert table.rows[0][1].kind == "foundation"


def test_every_wrong_cell_is_told_with_file_row_column_value_and_mend() -> None:
    found = errors("kontrakt_nr;linje_nr;gyldig_fra;pris\nK-1;et;30-02-2026;dyr\n;2;01-01-2026;1.234\n")
    assert found == [
        "fil.csv, række 2, kolonne »linje_nr«, værdi »et«: Værdien er ikke et tal. Skriv et tal, fx 1234,50.",
        (
            "fil.csv, række 2, kolonne »gyldig_fra«, værdi »30-02-2026«: Datoen findes ikke i kalenderen. "
            "Skriv datoen som dd-mm-åååå, fx 31-01-2026."
        ),
        "fil.csv, række 2, kolonne »pris«, værdi »dyr«: Værdien er ikke et tal. Skriv et tal, fx 1234,50.",
        "fil.csv, række 3, kolonne »kontrakt_nr«, værdi »«: Feltet skal udfyldes, men er tomt. Skriv værdien i feltet.",
        (
            "fil.csv, række 3, kolonne »pris«, værdi »1.234«: Tallet kan læses på to måder (tusinder eller decimaler). "
            "Skriv det uden tusindtalsskilletegn og med to decimaler, fx 1234,00."
        ),
    ]


def test_a_wrong_cpr_number_is_never_repeated_in_clear() -> None:
    text = "borger_nr;cpr;fornavn;efternavn;enhed_nr\n1;{};Ib;Holm;12\n"
    for wrong in ("999999-4321", "61010-14321", "610101432"):
        for sentence in errors(text.format(wrong)):
            assert "4321" not in sentence
            assert "••••" in sentence
    [(_, row)] = read(text.format("101032222")).rows
    assert row.cpr == "0101032222"


def test_a_cpr_number_in_another_column_is_masked_too() -> None:
    [sentence] = errors("kalender;dato\nfast;610101-4321\n")
    assert "»610101-••••«" in sentence


def test_an_unknown_word_is_answered_with_the_words_that_may_stand_there() -> None:
    [sentence] = errors(GRANTS.replace("bevilget", "godkendt"))
    assert sentence.endswith("Brug en af: kladde, forventet, bevilget, stoppet.")


def test_a_period_that_ends_before_it_starts_is_an_error() -> None:
    [sentence] = errors(RATES.format("10").replace("30-06-2026", "30-12-2025"))
    assert "værdi »30-12-2025«: Sidste dag ligger før første dag (01-01-2026)." in sentence


def test_a_file_with_many_errors_tells_the_first_ones_and_counts_the_rest() -> None:
    found = errors("kalender;dato\n" + "fast;aldrig\n" * (MOST_PROBLEMS + 1001))
    assert len(found) == MOST_PROBLEMS + 1
    assert "1.001 fejl mere" in found[-1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "tom"),
        (b"\xef\xbb\xbf\r\n  \r\n", "tom"),
        (b"kalender;dato\nfast;" + b"\0" * 4000, "NUL-tegn"),
        ('kalender;dato\n"fast;24-12-2026\nfast;25-12-2026\n', "række 2: Et anførselstegn bliver aldrig lukket"),
        ('kalender;dato\n"fast"x;24-12-2026\n', "Anførselstegn står forkert"),
        ("kalender;dato\nfast;24-12-2026\nfas", "række 3, værdi »fas«: Sidste række stopper efter 1 af 2 felter"),
        ("a;b;c\n1;2;3\n", "kan ikke genkendes"),
        (
            "bevilling_nr;borger_nr;status;start\n1;2;bevilget;01-01-2026\n",
            "ligner »bevillinger«, men mangler kolonnen »paragraf«",
        ),
        ("kalender;dato;dato\nfast;24-12-2026;25-12-2026\n", "»dato« står 2 gange"),
        ("bare tekst uden skilletegn", "kan ikke genkendes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes | str, said: str) -> None:
    sentence = refusal(data)
    assert said in sentence
    assert sentence.startswith("fil.csv")
    assert sentence.endswith(".")


def test_a_row_with_more_fields_than_headings_is_an_error() -> None:
    [sentence] = errors("kalender;dato\nfast;24-12-2026;hov\n")
    assert "3 felter, men der er kun 2 overskrifter" in sentence


def test_headings_without_rows_are_only_warned_about() -> None:
    table = read("kalender;dato\n")
    assert [problem.severity for problem in table.problems] == [Severity.WARNING]
    assert not table.has_errors


def test_a_long_number_that_excel_has_damaged_is_refused() -> None:
    [sentence] = errors("enhed_nr;navn;ean\n1;Handicap;5,79E+12\n")
    assert "potensform" in sentence


def test_every_register_is_recognised_by_its_own_columns() -> None:
    for spec in REGISTERS:
        table = read(";".join(column.name for column in spec.columns) + "\n")
        assert table.spec is spec
        table = read(";".join(column.name for column in reversed(spec.columns) if column.required) + "\n")
        assert table.spec is spec


def test_the_fields_of_every_register_are_those_of_its_row() -> None:
    for spec in REGISTERS:
        fields = spec.row_type.__dataclass_fields__
        assert {column.field for column in spec.columns} == set(fields), spec.name
