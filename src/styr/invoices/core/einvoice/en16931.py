"""Plain EN 16931 in UBL, and national uses of it that we have no own adapter for: only the European rules bind it."""

from typing import Final

from styr.invoices.core.einvoice import european
from styr.invoices.core.einvoice.dialect import Dialect
from styr.invoices.core.einvoice.model import Format


def _claims(customization: str) -> bool:
    return customization.lower().startswith("urn:cen.eu:en16931:2017")


EN16931: Final = Dialect(
    format=Format.EN16931, claims=_claims, schemes=european.SCHEMES, net=european.net, tax=european.tax
)
