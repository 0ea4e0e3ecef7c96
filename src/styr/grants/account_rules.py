"""The municipality's account rules (konteringsregler): dated, kept, and proposed where a grant is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.grants.core.account_coding import narrowest
from styr.grants.models import AccountRule
from styr.kernel.account import Account, InvalidAccountError
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID


class UnableToSetAccountRuleError(Refusal):
    """The rule cannot be set so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Coding:
    """What a rule says: of what (service and kind of supplier "" are any), the account, and the two notes."""

    section: str
    service: str = ""
    supplier_kind: str = ""
    account_string: str
    state_refund: bool = False
    refund_note: str = ""
    vat_note: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountLine(Coding):
    """A rule in [valid_from, valid_to)."""

    id: UUID
    valid_from: date
    valid_to: date | None


def account_rules() -> tuple[AccountLine, ...]:
    """Return every rule, by what it is about, the latest first, past ones too. One query."""
    rows = AccountRule.objects.order_by("section", "service", "supplier_kind", "-valid_from")
    return tuple(_line(row) for row in rows)


def account_rule(rule_id: UUID) -> AccountLine | None:
    """Return one rule; None when the scope sees none. One query."""
    row = AccountRule.objects.filter(id=rule_id).first()
    return None if row is None else _line(row)


def proposed_account(*, section: str, services: Collection[str], supplier_kind: str, on: date) -> AccountLine | None:
    """Return the rule that a grant of these falls under on a day; None without one. One query."""
    holding = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = AccountRule.objects.filter(holding, section=section, valid_from__lte=on)
    return narrowest([_line(row) for row in rows], section=section, services=services, kind=supplier_kind)


@transaction.atomic
def set_account_rule(*, municipality_id: UUID, coding: Coding, starts: date, today: date) -> UUID:
    """Let a rule hold from a day on; what held before of the same ends there and is kept. Return its id.

    Raises:
        UnableToSetAccountRuleError: the day has passed, or the account string is none.
    """
    if starts < today:
        raise UnableToSetAccountRuleError("En regel kan ikke ændres for en dag, der er gået.")
    try:
        account = str(Account.parse(coding.account_string))
    except InvalidAccountError as wrong:
        raise UnableToSetAccountRuleError(str(wrong)) from wrong
    _end(municipality_id, coding, starts)
    made = AccountRule.objects.create(
        municipality_id=municipality_id,
        section=coding.section,
        service=coding.service,
        supplier_kind=coding.supplier_kind,
        account_string=account,
        state_refund=coding.state_refund,
        refund_note=coding.refund_note.strip(),
        vat_note=coding.vat_note.strip(),
        valid_from=starts,
    )
    return made.id


@transaction.atomic
def end_account_rule(*, rule_id: UUID, ends: date, today: date) -> None:
    """Let a rule hold no longer from a day on; one that has not begun is taken away.

    Raises:
        UnableToSetAccountRuleError: the day has passed, or there is no such rule.
    """
    rule = account_rule(rule_id)
    if rule is None:
        raise UnableToSetAccountRuleError("Reglen findes ikke.")
    if ends < today:
        raise UnableToSetAccountRuleError("En regel kan ikke ophøre en dag, der er gået.")
    rows = AccountRule.objects.filter(id=rule_id)
    if rule.valid_from >= ends:
        rows.delete()
    elif rule.valid_to is None or rule.valid_to > ends:
        rows.update(valid_to=ends)


def _end(municipality_id: UUID, coding: Coding, on: date) -> None:
    same = AccountRule.objects.filter(
        municipality_id=municipality_id,
        section=coding.section,
        service=coding.service,
        supplier_kind=coding.supplier_kind,
    )
    same.filter(valid_from__gte=on).delete()
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)


def _line(row: AccountRule) -> AccountLine:
    return AccountLine(**{name: getattr(row, name) for name in AccountLine.__dataclass_fields__})
