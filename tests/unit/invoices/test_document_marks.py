"""Which line of the document a fault in the document itself is marked at."""

from types import SimpleNamespace
from typing import Any

import pytest

from styr.invoices.deviations import document_marks


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Linje »2«: beløbet er ikke antal gange pris (regel PEPPOL-EN16931-R120; 1 fejl i alt).", {(2, "text")}),
        ("Linje nr. 1 har intet nummer (regel BR-21; 2 fejl i alt).", {(1, "text")}),
        ("Linje »77«: beløbet mangler (regel BR-24; 1 fejl i alt).", set()),
        ("Fakturaen mangler et nummer (regel BR-02; 1 fejl i alt).", set()),
    ],
)
def test_a_fault_is_marked_at_the_line_that_it_names(sentence: str, marked: set[tuple[int, str]]) -> None:
    case: Any = SimpleNamespace(claims=(), lines=[SimpleNamespace(line_no=1), SimpleNamespace(line_no=2)])
    view = SimpleNamespace(code="invoice_document_error", sentence=sentence, subject_id=None)
    found: Any = SimpleNamespace(open=True, view=view)
    assert set(document_marks(case, [found])) == marked
