"""Evidence as it is stored (JSON) and as it is meant (typed)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import ibis.expr.datatypes as dt

from styr.controls.core.explain import Value


def typed(evidence: Mapping[str, object], types: Mapping[str, dt.DataType]) -> dict[str, Value]:
    """Give stored evidence its types back; a column the control has got since is missing, one it lost is left out."""
    return {name: _typed(evidence.get(name), kind) for name, kind in types.items()}


def _typed(value: object, kind: dt.DataType) -> Value:
    if value is None:
        return None
    if kind.is_date():
        return date.fromisoformat(str(value)[:10])
    if kind.is_decimal():
        return Decimal(str(value))
    if kind.is_boolean():
        return bool(value)
    return int(str(value)) if kind.is_integer() else str(value)
