"""Values that are there but cannot be read: a date that is none, an amount with letters, an attachment cut in two."""

from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice

_DATE: Final = rule(
    oioubl3="PEPPOL-EN16931-F001", peppol="PEPPOL-EN16931-F001", own="STYR-DATO", own_severity=Severity.FATAL
)
_NUMBER: Final = rule(own="STYR-TAL", own_severity=Severity.FATAL)
_ATTACHMENT: Final = rule(own="STYR-BILAG", own_severity=Severity.ERROR)
_ADVICE: Final = {
    "dato": "er ikke en dato. En dato skrives ÅÅÅÅ-MM-DD.",
    "tal": "er ikke et tal. Et tal skrives med punktum før decimalerne og uden mellemrum.",
    "base64": "kan ikke læses. Bed leverandøren sende bilaget igen.",
}
_RULES: Final[dict[str, Rule]] = {"dato": _DATE, "tal": _NUMBER, "base64": _ATTACHMENT}


def unreadable_values(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """One finding for each value that could not be read."""
    for problem in invoice.problems:
        what = (
            "Bilaget" if problem.expected == "base64" else f"{problem.place.rpartition(':')[2]} {shown(problem.value)}"
        )
        yield from _RULES[problem.expected].on(invoice, problem.place, f"{what} {_ADVICE[problem.expected]}")
