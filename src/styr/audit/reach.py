"""Which rows tell about one citizen, in every tracked table there is: for handing out, and for letting go.

A table that comes later is reached without a word here, if its rows name the citizen, a grant, a contract, an invoice,
or a row already reached, by a foreign key or by a column so named.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from styr.audit.event import Event

CITIZEN: Final = "people.citizen"
# Domains name rows above them by plain ids: the column's name tells what it names.
_NAMED: Final = {
    "citizen_id": CITIZEN,
    "grant_id": "grants.grant",
    "contract_id": "contracts.contract",
    "invoice_id": "invoices.invoice",
}
_LEFT_OUT: Final = frozenset({"access", "audit"})  # people who work here, and the logs
# Registers that a case may be named in though they are about somebody else: who drives under a citizen's contract.
_NOT_ABOUT: Final = frozenset({"transport.operator"})
# Whose row it is. A row of another's grant is not reached because something else in it (a contract line, a place) is.
_OWNERS: Final = ("citizen", "citizen_id", "grant", "grant_id", "service_line")
_DEEPEST: Final = 8

Reached = dict[str, set[UUID]]


def rows_about(
    citizen_id: UUID,
    *,
    besides: Mapping[str, set[UUID]] | None = None,
    spared: Mapping[str, set[UUID]] | None = None,
) -> Reached:
    """Return the ids of all rows about the citizen that the scope sees, by model (`"grants.grant"`).

    `besides` names rows that are known to be about the citizen though nothing in them says so (a document that holds
    only their invoice). What belongs by a foreign key to a row that is `spared` (an invoice for several citizens) is
    not reached. A row that names another citizen, or another's grant, never is.
    """
    known: Reached = {CITIZEN: {citizen_id}}
    for label, ids in (besides or {}).items():
        known.setdefault(label, set()).update(ids)
    for _ in range(_DEEPEST):
        before = sum(map(len, known.values()))
        for model in tracked_models():
            _reach(model, known, citizen_id, spared or {})
        if sum(map(len, known.values())) == before:
            break
    return {label: ids for label, ids in known.items() if ids}


def tracked_models() -> list[type[models.Model]]:
    """Every tracked model of a tenant that may hold rows about citizens, in a fixed order."""
    found: set[Any] = {model.pgh_tracked_model for model in apps.get_models() if issubclass(model, Event)}
    kept = [model for model in found if _may_be_about(model)]
    return sorted(kept, key=lambda model: str(_meta(model).label_lower))


def _may_be_about(model: type[models.Model]) -> bool:
    meta = _meta(model)
    return meta.app_label not in _LEFT_OUT and meta.label_lower not in _NOT_ABOUT and _has(model, "municipality")


def _reach(model: type[models.Model], known: Reached, citizen_id: UUID, spared: Mapping[str, set[UUID]]) -> None:
    label = str(_meta(model).label_lower)
    if label == CITIZEN:
        return
    condition, kept = _naming(model, known), _naming(model, spared, only=models.ForeignKey)
    if not condition:
        return
    rows = model._default_manager.filter(condition)  # noqa: SLF001 -- Django's public name
    if kept:
        rows = rows.exclude(kept)
    owner = next((field for name in _OWNERS for field in _meta(model).concrete_fields if field.name == name), None)
    if owner is not None:
        own = {citizen_id} if owner.name.startswith("citizen") else known.get(names(owner) or "", set())
        rows = rows.filter(Q(**{f"{owner.attname}__in": own}) | Q(**{f"{owner.attname}__isnull": True}))
    known.setdefault(label, set()).update(rows.values_list("pk", flat=True))


def _naming(
    model: type[models.Model], rows: Mapping[str, set[UUID]], *, only: "type[models.Field[Any, Any]]" = models.Field
) -> Q:
    """Rows of the model with a field that names one of the rows; an empty Q when it has no such field."""
    condition = Q()
    for field in _meta(model).concrete_fields:
        target = names(field)
        if target is not None and rows.get(target) and isinstance(field, only):
            condition |= Q(**{f"{field.attname}__in": rows[target]})
    return condition


def names(field: Any) -> str | None:
    """The model whose rows a column names, by being a foreign key or by its name; None for any other column."""
    if isinstance(field, models.ForeignKey):
        return str(_meta(field.related_model).label_lower)
    return _NAMED.get(field.name) if isinstance(field, models.UUIDField) else None


def _has(model: type[models.Model], name: str) -> bool:
    return name in {field.name for field in _meta(model).concrete_fields}


def _meta(model: Any) -> Any:
    return model._meta  # noqa: SLF001 -- Django's public name
