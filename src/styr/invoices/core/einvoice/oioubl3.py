"""OIOUBL 3: the Danish format on top of EN 16931; the head may carry what UBL has and EN 16931 lacks."""

from typing import Final

from styr.invoices.core.einvoice import european
from styr.invoices.core.einvoice.dialect import Dialect
from styr.invoices.core.einvoice.model import Format


def _claims(customization: str) -> bool:
    return customization.lower().startswith("urn:fdc:oioubl.dk:trns:billing:")


OIOUBL3: Final = Dialect(
    format=Format.OIOUBL3, claims=_claims, schemes=european.SCHEMES, net=european.net, tax=european.tax
)
