import pytest

from styr.integrations.spreadsheets.core.encoding import UnclearEncodingError, decode

TEXT = "borger_nr;fornavn;by\r\n1;Søren Ærø;Åbenrå\r\n2;Bjørn;Tårnby\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp865", "mac-roman"]
)
def test_danish_text_is_read_in_every_encoding_that_danish_systems_write(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text.removeprefix("\ufeff") == TEXT


def test_windows_quotes_and_dashes_do_not_turn_the_text_into_another_encoding() -> None:
    text = "navn;formål\nBørnehjemmet “Søstjernen” – afd. 2;§ 66’s formål\n"
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "cp1252")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode().decode("cp1252").encode(), "ødelagt"),
        ("S\ufffdren;1\n".encode(), "erstatningstegnet"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "ufuldstændig"),
        (bytes(range(0x80, 0xB0)) * 3 + b"abc", "kan ikke afgøres"),
    ],
)
def test_text_that_cannot_be_read_safely_is_refused_with_its_mend(data: bytes, said: str) -> None:
    with pytest.raises(UnclearEncodingError) as refused:
        decode(data)
    assert said in refused.value.message
    assert refused.value.mend.endswith(".")
