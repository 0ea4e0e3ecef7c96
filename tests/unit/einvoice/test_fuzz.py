"""Whatever bytes come: an invoice or a named error, never anything else; and its findings never fail either."""

import contextlib
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from styr.invoices.core.document_checks.report import as_object, as_text, error_text
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.found import found_texts
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.samples import OWN

SAMPLES = sorted(file.read_bytes() for file in OWN.glob("*.xml"))
_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(["", "0", "-0", "-1", "1e400", "NaN", "9" * 18, "0.0000000001", "DK", "0088", "٣٤٥", "9999-12-31"]),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.dates().map(str),
)


def _must_hold(data: bytes) -> None:
    try:
        invoice = read_einvoice(data)
    except UnreadableInvoice as error:
        list(error_text("x", error))
        return
    findings = document_findings(invoice)
    assert as_object("x", invoice, findings)["file"] == "x"
    assert list(as_text("x", invoice, findings))
    found_texts(invoice)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_bytes_give_an_invoice_or_a_named_error(data: st.DataObject) -> None:
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(sample) - 1))
        length = data.draw(st.integers(0, 40))
        sample[at : at + length] = data.draw(st.binary(max_size=20))
    _must_hold(bytes(sample))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_named_error(data: bytes) -> None:
    _must_hold(data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_well_formed_documents_with_any_values_are_judged(data: st.DataObject) -> None:
    """Elements lose or change their text and attributes, vanish, or come twice: still every check answers."""
    root = etree.fromstring(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        elements = [element for element in root.iter() if element.getparent() is not None]
        element = elements[data.draw(st.integers(0, len(elements) - 1))]
        data.draw(st.sampled_from([_remove, _repeat, _rewrite, _relabel]))(element, data.draw(_VALUES))
    _must_hold(etree.tostring(root))


def _remove(element: etree._Element, _value: str) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, _value: str) -> None:
    element.addnext(etree.fromstring(etree.tostring(element)))


def _rewrite(element: etree._Element, value: str) -> None:
    _if_xml_allows(lambda: setattr(element, "text", value))


def _relabel(element: etree._Element, value: str) -> None:
    for name in list(element.keys()):
        _if_xml_allows(lambda name=name: element.set(name, value))


def _if_xml_allows(change: Callable[[], None]) -> None:
    """Control characters are refused when a document is made; so they are by XML when one is read."""
    with contextlib.suppress(ValueError):
        change()
