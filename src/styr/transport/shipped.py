"""Takes the areas and criteria that come with the program into use: a municipality's own rows, to be changed freely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.transport.models import Area, AreaAccount, Criterion
from styr.transport.reference.load import SINCE, shipped_areas, shipped_criteria

if TYPE_CHECKING:
    from uuid import UUID

_AS_THEY_ARE = ("code", "name", "section", "law", "target_group", "form", "terms", "rule", "account_prefix", "source")


@transaction.atomic
def take_shipped(*, municipality_id: UUID) -> int:
    """Write the areas, their accounts and the criteria whose number or code is not there yet; return how many."""
    areas = {area.number: area for area in Area.objects.order_by("valid_from")}
    new = [
        Area(
            municipality_id=municipality_id,
            number=row["number"],
            name=row["name"],
            department=row["department"],
            description=row["description"],
            valid_from=SINCE,
        )
        for row in shipped_areas()
        if row["number"] not in areas
    ]
    Area.objects.bulk_create(new)
    areas |= {area.number: area for area in new}
    _accounts(municipality_id, areas, {area.number for area in new})
    known = set(Criterion.objects.values_list("code", flat=True))
    criteria = [
        Criterion(
            municipality_id=municipality_id,
            area=areas[row["area"]],
            needs_check=row["check"],
            valid_from=SINCE,
            **{name: row[name] for name in _AS_THEY_ARE},
        )
        for row in shipped_criteria()
        if row["code"] not in known
    ]
    Criterion.objects.bulk_create(criteria)
    return len(new) + len(criteria)


def ensure_shipped(*, municipality_id: UUID) -> None:
    """Take the program's areas and criteria into use where the municipality has none at all."""
    if not Area.objects.exists():
        take_shipped(municipality_id=municipality_id)


def _accounts(municipality_id: UUID, areas: dict[int, Area], new: set[int]) -> None:
    taken = set(AreaAccount.objects.values_list("prefix", flat=True))
    AreaAccount.objects.bulk_create(
        AreaAccount(municipality_id=municipality_id, area=areas[row["number"]], prefix=prefix, valid_from=SINCE)
        for row in shipped_areas()
        for prefix in row["accounts"]
        if row["number"] in new and prefix not in taken
    )
