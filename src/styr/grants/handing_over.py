"""Handing a caseworker's grants to another: the case system's name of the caseworker is what a grant is kept under."""

from __future__ import annotations

from django.db import transaction

from styr.grants.core.codes import GrantStatus
from styr.grants.models import Grant

_LIVE = (GrantStatus.DRAFT, GrantStatus.EXPECTED, GrantStatus.AWAITING, GrantStatus.GRANTED)


@transaction.atomic
def hand_over_grants(*, from_name: str, to_name: str) -> int:
    """Let another caseworker stand on the grants that go on; return how many. The next case file may say otherwise."""
    if not from_name:
        return 0
    return Grant.objects.filter(caseworker=from_name, status__in=_LIVE).update(caseworker=to_name)
