"""Payment files, vouchers and answers in layouts that are data: after Opus, after Prisme, and a municipality's own."""

import copy
from dataclasses import replace
from datetime import date

import pytest

from styr.ledger.core.codes import LineState
from styr.ledger.core.payment_answer import UnreadableAnswerError, read_answer
from styr.ledger.core.payment_file import laid_out
from styr.ledger.core.payment_layout import Layout, UnusableLayoutError, layout_of
from styr.ledger.layouts import UnableToSetLayoutError, read_spec, shipped
from unit.ledger.test_payment_file import payable, share

DAYS = date(2026, 2, 13), date(2026, 2, 16)
LINES = [payable(1_234_567_89, share(1_234_567_89)), payable(-5, share(-5))]
STATES = {1: LineState.SENT, 2: LineState.SENT}


def layout(code: str) -> Layout:
    return layout_of(shipped()[code])


def test_a_file_after_opus_has_headings_a_total_and_the_minus_behind() -> None:
    content, vouchers = laid_out(layout("opus"), 7, DAYS, LINES)
    assert content.decode("latin-1").split("\r\n") == [
        "Buntnr;Postnr;Bilagsart;Kreditor CVR;Kreditornavn;Betalingsreference;Nettoforfald;Beløb i DKK;Bankkonto",
        '7;1;KR;12345674;"Bostedet; Ærø ApS";F-1;14.02.2026;1.234.567,89;9912 0123456789',
        '7;2;KR;12345674;"Bostedet; Ærø ApS";F-1;14.02.2026;0,05-;9912 0123456789',
        "TOTAL;2;1.234.567,84",
        "",
    ]
    told = vouchers.decode("latin-1").split("\r\n")
    assert told[1] == (
        "STYR-00007-00001;1;16.02.2026;01.2026;5385214000100140;1.234.567,89;Faktura F-1;B0000017-9;12345674;F-1"
    )
    assert told[-2] == "TOTAL;2;1.234.567,84"


def test_a_file_after_prisme_has_records_of_fixed_widths_in_ore() -> None:
    lines = [payable(1_234_567_89, share(1_234_567_89))]
    bank = [replace(lines[0], account="bank:9912-123")]
    content, vouchers = laid_out(layout("prisme"), 7, DAYS, [*bank, LINES[1]])
    first, paid, credit, last, end = content.decode("latin-1").split("\r\n")
    assert (first, last, end) == ("000000000720260213", "9900000002+000000123456784", "")
    assert len(paid) == len(credit) == 2 + 6 + 8 + 40 + 4 + 10 + 30 + 8 + 16
    assert paid.startswith("1000000112345674Bostedet; Ærø ApS ")
    assert paid.endswith("20260214+000000123456789")
    assert "99120000000123F-1 " in paid
    assert credit.endswith("-000000000000005")
    told = vouchers.decode("latin-1").split("\r\n")
    assert told[1].startswith("20STYR-00007-00001    0001202602162026015385214000100140+000000123456789B0000017-9")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (
            "opus",
            "Buntnr;Postnr;Meddelelsestype;Meddelelse\r\n7;1;S;Bilag 1900012 er bogført\r\n7;2;E;Kreditor spærret\r\n",
        ),
        ("prisme", "400000000700000100\r\n400000000700000217Kreditor spærret\r\n"),
    ],
)
def test_the_answer_is_read_in_the_layout_of_the_file(code: str, answer: str) -> None:
    data = answer.encode("latin-1")
    first, second = read_answer(data, number=7, states=STATES, layout=layout(code))
    assert (first.line_no, first.state) == (1, LineState.ACCEPTED)
    assert (second.line_no, second.state, second.reason) == (2, LineState.REFUSED, "Kreditor spærret")
    with pytest.raises(UnreadableAnswerError, match="har nummer 8"):
        read_answer(data, number=8, states=STATES, layout=layout(code))
    with pytest.raises(UnreadableAnswerError):
        read_answer(b"fil_nr;linje_nr;status;x\r\n7;1;modtaget;\r\n", number=7, states=STATES, layout=layout(code))


def test_a_word_that_the_layout_does_not_know_is_told() -> None:
    with pytest.raises(UnreadableAnswerError, match="»X« kendes ikke"):
        read_answer(
            b"Buntnr;Postnr;Meddelelsestype;Meddelelse\r\n7;1;X;\r\n", number=7, states=STATES, layout=layout("opus")
        )


def test_what_does_not_fit_is_refused_and_never_cut() -> None:
    with pytest.raises(UnusableLayoutError, match="længere end feltet"):
        laid_out(layout("prisme"), 7, DAYS, [payable(10**16)])


def test_an_own_layout_is_held_to_what_the_program_can_fill_in() -> None:
    told = copy.deepcopy(dict(shipped()["opus"]))
    told["payment"] = [*told["payment"], {"title": "CPR", "value": "cpr"}]
    with pytest.raises(UnusableLayoutError, match="»cpr« kendes ikke"):
        layout_of(told)
    with pytest.raises(UnusableLayoutError, match="mangler amount"):
        layout_of({**shipped()["opus"], "voucher": [{"value": "account_string"}]})
    with pytest.raises(UnableToSetLayoutError, match="TOML"):
        read_spec("form = ")
    with pytest.raises(UnableToSetLayoutError, match="kan ikke bruges"):
        read_spec('form = "fixed"\nsign = "plus"')
    with pytest.raises(UnableToSetLayoutError, match="slags"):
        read_spec('form = "fixed"\nsign = "plus"\npayment = 7')
