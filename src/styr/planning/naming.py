"""The names that a scenario's ids and codes stand for, and what can be chosen among: one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_NAMES: Final = """
SELECT 'section' AS kind, code::text AS key, paragraph AS name, given AS note FROM rel_section
WHERE starts <= %(day)s AND (ends IS NULL OR ends > %(day)s)
UNION ALL SELECT 'service', code, name, '' FROM rel_service_kind
UNION ALL SELECT 'unit', id::text, name, '' FROM access_unit WHERE styr_all_units() OR id = ANY (styr_units())
UNION ALL SELECT 'supplier', id::text, name, '' FROM suppliers_supplier
UNION ALL SELECT 'provider_unit', p.id::text, p.name, s.name
FROM suppliers_providerunit p JOIN suppliers_supplier s ON s.id = p.supplier_id
ORDER BY 1, 3, 2"""
_NUMBERED: Final = "SELECT number, grant_id FROM rel_grant WHERE number = ANY(%s)"
_NUMBERS: Final = "SELECT grant_id, number FROM rel_grant WHERE grant_id = ANY(%s) ORDER BY number"


@dataclass(frozen=True)
class Names:
    """Names by id (or code), in alphabetical order. A provider unit's note is its supplier."""

    sections: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[UUID, str] = field(default_factory=dict)
    suppliers: Mapping[UUID, str] = field(default_factory=dict)
    provider_units: Mapping[UUID, str] = field(default_factory=dict)


def names(today: date) -> Names:
    """Return what everything is called that the caller may choose among; one query."""
    found: dict[str, dict[str, str]] = {
        kind: {} for kind in ("section", "service", "unit", "supplier", "provider_unit")
    }
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"day": today})
        for kind, key, name, note in cursor.fetchall():
            found[kind][key] = _told(kind, key, name, note)
    return Names(
        sections=found["section"],
        services=found["service"],
        units={UUID(key): name for key, name in found["unit"].items()},
        suppliers={UUID(key): name for key, name in found["supplier"].items()},
        provider_units={UUID(key): name for key, name in found["provider_unit"].items()},
    )


def grants_numbered(numbers: list[str]) -> dict[str, UUID]:
    """Return the grants of those numbers that the caller sees; one query, none for none."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, [numbers])
        return dict(cursor.fetchall())


def numbers_of(grant_ids: frozenset[UUID]) -> dict[UUID, str]:
    """Return the numbers of those grants that the caller sees; one query, none for none."""
    if not grant_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [list(grant_ids)])
        return dict(cursor.fetchall())


def _told(kind: str, key: str, name: str, note: str) -> str:
    if kind == "section":
        return f"{key.split('-', maxsplit=1)[0]} {name} {note}"
    return f"{name}, {note}" if kind == "provider_unit" else name
