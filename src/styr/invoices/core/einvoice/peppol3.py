"""Peppol BIS Billing 3: EN 16931 with Peppol's own rules, claimed in CustomizationID."""

from typing import Final

from styr.invoices.core.einvoice import european
from styr.invoices.core.einvoice.dialect import Dialect
from styr.invoices.core.einvoice.model import Format


def _claims(customization: str) -> bool:
    return "urn:fdc:peppol.eu:" in customization.lower() and ":billing:" in customization.lower()


PEPPOL3: Final = Dialect(
    format=Format.PEPPOL3, claims=_claims, schemes=european.SCHEMES, net=european.net, tax=european.tax
)
