"""The invoice controls (fakturakontrol): the twelve exception codes and the hard stops of the law and the contracts."""

from typing import Final

from styr.controls.core.registry import Reach, register, register_reach
from styr.invoices.claim_controls import OF_CLAIMS
from styr.invoices.control_shape import PAYMENT, About
from styr.invoices.core.findings import about_invoices
from styr.invoices.core.reach import leaning_invoices, lines_of_invoices, settled_invoices, touched_invoices
from styr.invoices.document_controls import OF_DOCUMENTS

_ALL: Final = (*OF_CLAIMS, *OF_DOCUMENTS)

_WAITING: Final = About(
    "waiting",
    "Afventer kreditnota",
    "fakturaen passer kun sammen med {other_number}, som har en afvigelse.",
    lambda focus: about_invoices.waiting(focus, [about.expression for about in _ALL]),
    None,
    source=PAYMENT,
    whole=True,
)
"""Asks all the others about the documents that an invoice leans on."""

CONTROLS: Final = tuple(about.control() for about in (*_ALL, _WAITING))
"""In the order in which a user reads them."""

_REACHES: Final = (
    Reach("invoices of grants", touched_invoices),
    Reach("invoices of settlements", settled_invoices),
    Reach("lines of invoices", lines_of_invoices),
    Reach("invoices that lean on others", leaning_invoices),
)


def register_all() -> None:
    """Put the controls, and what a change reaches here, on the program's one list."""
    for control in CONTROLS:
        register(control)
    for reach in _REACHES:
        register_reach(reach)
