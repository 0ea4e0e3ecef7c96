"""What was written wrongly on a grant that runs, put right: its first day, its account, who delivers it.

Measured and limited as every other act (`acting`); what it was is handed back, so that it can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, assert_never
from uuid import UUID

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.controls.rerunning import request_rerun
from styr.grants.acting import Effect
from styr.grants.approving import BeyondLimitError, refuse_beyond, refuse_outside
from styr.grants.changes import UnableToChangeGrantError
from styr.grants.core.codes import AdjustmentReason, GrantStatus
from styr.grants.costing import cost_of
from styr.grants.locked import count_up, locked_grant
from styr.grants.models import OwnRate
from styr.grants.settle import settle_paid_months
from styr.grants.totals import is_total
from styr.grants.windows import promised, years_of
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from styr.grants.acting import Actor
    from styr.grants.models import Grant
    from styr.grants.settle import AdjustmentLine

_ACCOUNT_DIGITS = 16


@dataclass(frozen=True)
class MoveStart:
    """Another first day."""

    first_day: date


@dataclass(frozen=True)
class ChangeAccount:
    """Another account (16 digits)."""

    account_string: str


@dataclass(frozen=True)
class ChangeSupplier:
    """Another supplier, where no contract says who it is."""

    supplier_id: UUID


Correction = MoveStart | ChangeAccount | ChangeSupplier


@dataclass(frozen=True)
class Corrected:
    """What came of a correction: what the grant said before and after (for `take_back`), and what paid months need."""

    municipality_id: UUID
    unit_id: UUID
    before: dict[str, Any]
    after: dict[str, Any]
    adjustments: tuple[AdjustmentLine, ...]


@transaction.atomic
def correct(*, grant_id: UUID, correction: Correction, seen_version: int | None, actor: Actor) -> Corrected:
    """Put it right, if the grant is as it was shown and the actor's limit allows.

    An earlier first day and another supplier promise the whole grant anew; another account or a later day does not.

    Raises:
        GrantChangedMeanwhileError: it is not what was shown.
        UnableToChangeGrantError, UnableToApproveError: fit to show.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    refuse_outside(grant, Permission.EDIT_GRANTS, actor.id, actor.today)
    before, adjustments, anew = _done(grant, correction, actor)
    if anew:
        cost = promised(before=(), after=years_of(grant_id=grant.id, also=(actor.today,)), adjustments=adjustments)
        refuse_beyond(grant=grant, promised_ore=cost, actor_id=actor.id, today=actor.today)
    return Corrected(grant.municipality_id, grant.unit_id, before, _told(grant, before), adjustments)


def effect_of_correction(*, grant_id: UUID, correction: Correction, actor: Actor) -> Effect:
    """Tell what the correction would do; nothing is kept. Raises as `correct`."""
    with transaction.atomic():
        before, beyond = cost_of(grant_id=grant_id, today=actor.today), ""
        try:
            with transaction.atomic():
                done = correct(grant_id=grant_id, correction=correction, seen_version=None, actor=actor)
                adjustments = done.adjustments
        except BeyondLimitError as refused:
            beyond, adjustments = str(refused), _done(locked_grant(grant_id), correction, actor)[1]
        after = cost_of(grant_id=grant_id, today=actor.today)
        transaction.set_rollback(True)
    return Effect(before, after, adjustments, beyond)


@transaction.atomic
def take_back(*, grant_id: UUID, before: dict[str, Any], after: dict[str, Any], actor: Actor) -> None:
    """Make the grant say what it said before a correction; nothing is promised that was not promised then.

    `before` and `after` are as `Corrected` handed them back.

    Raises:
        UnableToChangeGrantError: somebody has changed the same since.
    """
    grant = locked_grant(grant_id)
    refuse_outside(grant, Permission.EDIT_GRANTS, actor.id, actor.today)
    if _told(grant, before) != after:
        raise UnableToChangeGrantError("Bevillingen er ændret siden. Ret den på dens egen side.")
    if "starts" in before:
        _start(grant, date.fromisoformat(before["starts"]))
    else:
        for name, value in before.items():
            setattr(grant, name, value)
        grant.save(update_fields=list(before))
    _look_again(grant)
    settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.PERIOD, now=actor.now)


def _told(grant: Grant, names: dict[str, Any]) -> dict[str, Any]:
    """What the grant says of these columns, as it is kept."""
    return {name: _plain(getattr(grant, name)) for name in names}


def _done(
    grant: Grant, correction: Correction, actor: Actor
) -> tuple[dict[str, Any], tuple[AdjustmentLine, ...], bool]:
    """Do it; hand back what it said, the adjustments, and whether it promises the grant anew."""
    if grant.status != GrantStatus.GRANTED:
        raise UnableToChangeGrantError("Bevillingen er ikke bevilget og i gang, så den kan ikke rettes her.")
    match correction:
        case MoveStart(first_day=first):
            before, earlier = _told(grant, {"starts": None}), first < grant.starts
            _start(grant, first)
            _look_again(grant)
            lines = settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.PERIOD, now=actor.now)
            return before, lines, earlier
        case ChangeAccount(account_string=account):
            return _change_account(grant, account), (), False
        case ChangeSupplier(supplier_id=supplier_id):
            return _change_supplier(grant, supplier_id), (), True
        case _:
            assert_never(correction)


def _change_account(grant: Grant, account: str) -> dict[str, Any]:
    if len(account) != _ACCOUNT_DIGITS or not account.isdecimal():
        raise UnableToChangeGrantError("En kontostreng har 16 cifre.")
    before = _told(grant, {"account_string": None})
    grant.account_string = account
    grant.save(update_fields=["account_string"])
    _look_again(grant)
    return before


def _change_supplier(grant: Grant, supplier_id: UUID) -> dict[str, Any]:
    if grant.contract_id is not None:
        raise UnableToChangeGrantError("Leverandøren følger bevillingens kontrakt. Ret kontrakten.")
    before = _told(grant, {"supplier_id": None, "provider_unit_id": None})
    if grant.supplier_id != supplier_id:
        # An offer is one supplier's: which of the other's it is, is not known.
        grant.supplier_id, grant.provider_unit_id = supplier_id, None
    grant.save(update_fields=["supplier", "provider_unit"])
    _look_again(grant)
    return before


def _start(grant: Grant, first: date) -> None:
    """Move the first day, and with it the own prices that begin on it; days without a price are refused."""
    if grant.ends is not None and first >= grant.ends:
        raise UnableToChangeGrantError(f"Bevillingen slutter {danish_date(grant.ends - ONE_DAY)}.")
    lines = list(grant.lines.all())
    if any(is_total(line) for line in lines):
        raise UnableToChangeGrantError("En ydelse har ét samlet antal for hele perioden. Ret den på bevillingen selv.")
    former, unpriced = grant.starts, _unpriced(grant)
    grant.starts = first
    grant.save(update_fields=["starts"])
    OwnRate.objects.filter(service_line__grant=grant, valid_from=former).exclude(
        valid_to__isnull=False, valid_to__lte=first
    ).update(valid_from=first)
    if _unpriced(grant) > unpriced:
        raise UnableToChangeGrantError(f"Der er ingen pris fra {danish_date(first)}. Sæt prisen for de dage først.")


def _unpriced(grant: Grant) -> int:
    return max((year.unpriced_days for year in years_of(grant_id=grant.id)), default=0)


def _look_again(grant: Grant) -> None:
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
