"""What the register says of a document's contract, for costs that the document itself gives no price for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from styr.agreements.core.review.costs import Price
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from styr.agreements.models import AgreementDocument

REGISTERED: Final = RawSQL(
    """(
    SELECT json_build_array(l.unit, round(r.amount * 100)::bigint)::text
    FROM rel_contract_line l JOIN rel_contract_rate r ON r.contract_line_id = l.contract_line_id
    WHERE l.contract_id = agreements_agreementdocument.contract_id AND l.unit IN ('day', 'week', 'month')
    ORDER BY l.kind <> 'base', l.line_no, r.valid_from DESC LIMIT 1
    )""",
    [],
    output_field=TextField(),
)
"""The latest price of the first line that runs with time, of a document's contract: unit and øre, or null."""


def registered_price(row: AgreementDocument) -> Price | None:
    """The price that `REGISTERED` gave a document as `registered`."""
    told: str | None = vars(row)["registered"]
    if told is None:
        return None
    unit, ore = json.loads(told)
    return Price(ore, Unit(unit).danish, registered=True)
