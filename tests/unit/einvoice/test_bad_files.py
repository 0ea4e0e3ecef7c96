"""Files that give no invoice: each a named error in Danish, quickly, and without repeating what the file holds."""

import re
import time

import pytest

from styr.invoices.core.einvoice import node
from styr.invoices.core.einvoice.errors import MESSAGES, UnreadableInvoice
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.einvoice.safe_xml import MAX_BYTES, parse
from unit.einvoice.samples import own_sample

GOOD = own_sample("oioubl2-faktura")
TEXT = GOOD.decode()
BODY = TEXT[TEXT.index("?>") + 2 :]
SECRET = "6102031234"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]><a>&l11;</a>'
LATE_BOMB = BOMB.replace("<!DOCTYPE", " " * 8192 + "<!DOCTYPE")
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{BODY}'


@pytest.mark.parametrize(
    ("code", "data"),
    [
        pytest.param("empty", b"", id="nothing"),
        pytest.param("empty", b" \r\n\t", id="blank"),
        pytest.param("empty", b"\xef\xbb\xbf", id="byte order mark alone"),
        pytest.param("empty", b"\x00" * 4096, id="a disk that lost it"),
        pytest.param("truncated", GOOD[: len(GOOD) // 2], id="half"),
        pytest.param("truncated", GOOD[:-2], id="two bytes short"),
        pytest.param("truncated", GOOD[:25], id="in the declaration"),
        pytest.param("truncated", GOOD[:3000] + b"\x00" * 500, id="half, then nothing"),
        pytest.param("not_xml", b"Hej, her er vores faktura", id="text"),
        pytest.param("not_xml", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", id="pdf"),
        pytest.param("not_xml", b"PK\x03\x04" + bytes(range(256)), id="zip"),
        pytest.param("not_xml", GOOD.replace(b"</cbc:ID>", b"</cbc:Id>", 1), id="tags that do not match"),
        pytest.param("not_xml", GOOD.replace(b"LV-1001", b"LV\x001001", 1), id="NUL inside"),
        pytest.param("not_xml", GOOD + GOOD, id="two documents"),
        pytest.param("not_xml", b"<a>&ukendt;</a>", id="an entity that nobody defined"),
        pytest.param("doctype", BOMB.encode(), id="billion laughs"),
        pytest.param("doctype", LATE_BOMB.encode(), id="billion laughs, late"),
        pytest.param("doctype", BOMB.encode("utf-16"), id="billion laughs in UTF-16"),
        pytest.param("doctype", OUTSIDE.encode(), id="external entity"),
        pytest.param("doctype", b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', id="external DTD"),
        pytest.param("doctype", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a><a/>', id="in UTF-7"),
        pytest.param("too_deep", b"<a>" * 100_000 + b"</a>" * 100_000, id="100,000 levels"),
        pytest.param("too_deep", b"<a>" * 100_000, id="100,000 levels, unclosed"),
        pytest.param("too_large", b"<a>" + b" " * (30 << 20) + b"</a>", id="30 MB"),
        pytest.param("too_large", b"<a>" + b"x" * (15 << 20) + b"</a>", id="15 MB in one field"),
        pytest.param("too_large", b'<a b="' + b"x" * (15 << 20) + b'"/>', id="15 MB in one attribute"),
        pytest.param("too_large", b"<a><!--" + b"x" * (15 << 20) + b"--></a>", id="15 MB in one comment"),
        pytest.param("too_large", b"<a>" + b"<b/>" * 4_100_000 + b"</a>", id="four million elements"),
        pytest.param("encoding", TEXT.encode("latin-1"), id="Latin-1 that says UTF-8"),
        pytest.param("encoding", declared("UTF-16").encode(), id="UTF-8 that says UTF-16"),
        pytest.param("encoding", declared("klingon").encode(), id="no such encoding"),
        pytest.param("encoding", TEXT.encode("utf-16")[:2001], id="UTF-16 cut inside a letter"),
        pytest.param("not_ubl", b"<html><body/></html>", id="a web page"),
        pytest.param("not_ubl", BODY.replace("Invoice-2", "Order-2").encode(), id="an order"),
        pytest.param("not_ubl", BODY.replace("Invoice-2", "Invoice-3").encode(), id="another UBL"),
    ],
)
def test_a_file_without_an_invoice_is_a_named_error(code: str, data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableInvoice) as refused:
        read_einvoice(data)
    assert refused.value.code == code
    assert refused.value.message.startswith(MESSAGES[refused.value.code])
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD, id="UTF-8 with a byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 that still says UTF-8"),
        pytest.param(declared("UTF-16").encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(b"\xfe\xff" + BODY.encode("utf-16-be"), id="UTF-16 big end first"),
        pytest.param(declared("ISO-8859-1").encode("latin-1"), id="Latin-1 that says so"),
        pytest.param(declared("windows-1252").encode("cp1252"), id="Windows-1252 that says so"),
        pytest.param(BODY.strip().encode(), id="no declaration"),
        pytest.param(GOOD.replace(b"\n", b"\r\n"), id="Windows line ends"),
    ],
)
def test_encodings_that_are_right_are_read(data: bytes) -> None:
    invoice = read_einvoice(data)
    assert invoice.supplier.name == "Bostedet Lyngvænget"


def test_the_largest_file_is_still_read() -> None:
    room = (MAX_BYTES - len(GOOD)) // 4
    data = GOOD.rstrip() + (b"<!--" + b" " * (room - 7) + b"-->") * 4
    assert MAX_BYTES - 10 < len(data) <= MAX_BYTES
    assert read_einvoice(data).number == "LV-1001"


def test_every_error_is_a_danish_sentence_with_a_name() -> None:
    for code, message in MESSAGES.items():
        assert re.fullmatch(r"[a-z_]+", code)
        assert message.endswith(".")
        assert message[0].isupper()


@pytest.mark.parametrize("cut", range(200, len(GOOD), 511))
def test_an_error_never_repeats_the_contents(cut: int) -> None:
    broken = GOOD[:cut].replace(b"LV-1001", SECRET.encode()) + f"<{SECRET}Asta>&{SECRET};".encode()
    with pytest.raises(UnreadableInvoice) as refused:
        read_einvoice(broken)
    said = f"{refused.value} {refused.value.message} {refused.value.__cause__} {refused.value.args}"
    assert SECRET not in said
    assert "Asta" not in said
    assert refused.value.__suppress_context__


def test_nothing_is_included_or_fetched() -> None:
    """XInclude is not processed: the element stays an element of another vocabulary."""
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>'
    root = parse(f"<a>{include}</a>".encode())
    assert root.text is None
    assert len(root) == 1


def test_invented_vocabularies_are_passed_over() -> None:
    """Extensions and signatures may hold anything, also our own names in another namespace."""
    strange = b'<ID xmlns="urn:andet">FALSK</ID><x:ID xmlns:x="urn:x">FALSK</x:ID>'
    at = GOOD.index(b"<cbc:UBLVersionID>")
    assert read_einvoice(GOOD[:at] + strange + GOOD[at:]).number == "LV-1001"


def test_a_million_invented_names_do_not_stay_in_memory() -> None:
    names = b"".join(b"<cbc:Navn%d/>" % number for number in range(20_000))
    at = GOOD.index(b"<cbc:UBLVersionID>")
    assert read_einvoice(GOOD[:at] + names + GOOD[at:]).number == "LV-1001"
    assert len(node._NAMES) <= node._MOST_NAMES
