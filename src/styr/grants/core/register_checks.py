"""What can be wrong with a grant in the registers (bevilling), apart from overlaps.

Each function returns the rows of one control. `amount_ore` is the expected cost of the days the control concerns, which
the function's docstring names, within last and this calendar year.
"""

from datetime import date
from typing import Any, Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR
from styr.controls.core.relations import TODAY
from styr.grants.core.codes import GrantStatus
from styr.grants.core.concerned import blank, grant_findings, granted, running
from styr.grants.core.relations import GRANT, SERVICE, STOP
from styr.kernel.units import Unit
from styr.people.core.relations import CITIZEN
from styr.suppliers.core.codes import SupplierKind
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

SOLE_PROPRIETORS_END: Final = date(2025, 1, 1)
"""From this day no new or running stay may be with a personally owned private offer (domain.md §3)."""

_ACCOUNT_DIGITS: Final = 16
COUNTED: Final = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)
_GRANT: Final = ("number", "section", "starts", "ends")


def without_contract(focus: Focus) -> ibis.Table:
    """Find grants that buy from a supplier without a contract. At stake: the cost of the grant's days."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    bare = grants.filter(grants["contract_id"].isnull())
    bought = bare.filter(bare["supplier_id"].notnull() | bare["provider_unit_id"].notnull())
    return grant_findings(bought.mutate(from_day="starts", to_day="until"), _GRANT)


def beyond_contract(focus: Focus) -> ibis.Table:
    """Find grants that go on after their contract has ended. At stake: the cost of the days after its end."""
    grants = granted(focus(GRANT.table(), "grant_id")).cross_join(TODAY.table())
    ended = CONTRACT.table().select("contract_id", contract_number="number", contract_ends="ends")
    both = grants.join(ended, "contract_id")
    past = both.filter((both["contract_ends"] <= both["today"]) & (both["until"] > both["contract_ends"]))
    days = past.mutate(from_day=ibis.greatest(past["starts"], past["contract_ends"]), to_day=past["until"])
    return grant_findings(days, (*_GRANT, "contract_number", "contract_ends"))


def other_supplier(focus: Focus) -> ibis.Table:
    """Find grants whose supplier is not the contract's. At stake: the cost of the grant's days."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    agreed = CONTRACT.table().select("contract_id", contract_number="number", agreed_id="supplier_id")
    both = grants.join(agreed, "contract_id")
    differing = both.filter(both["supplier_id"] != both["agreed_id"])
    mine = SUPPLIER.table().select("supplier_id", supplier_cvr="cvr")
    theirs = SUPPLIER.table().select(agreed_id="supplier_id", contract_cvr="cvr")
    named = differing.left_join(mine, "supplier_id").drop("supplier_id_right").left_join(theirs, "agreed_id")
    shown = named.mutate(from_day="starts", to_day="until")
    return grant_findings(shown, (*_GRANT, "contract_number", "supplier_cvr", "contract_cvr"))


def provider_not_approved(focus: Focus) -> ibis.Table:
    """Find grants on days when the offer was not approved. At stake: the cost of those days (before, else after)."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    offers = PROVIDER_UNIT.table().select("provider_unit_id", "p_number", "approved_from", "approved_to")
    both = grants.join(offers, "provider_unit_id")
    approved_from = both["approved_from"].fill_null(FAR)
    approved_to = both["approved_to"].fill_null(FAR)
    before = both["starts"] < approved_from
    days = both.mutate(
        from_day=ibis.ifelse(before, both["starts"], ibis.greatest(both["starts"], approved_to)),
        to_day=ibis.ifelse(before, ibis.least(both["until"], approved_from), both["until"]),
    )
    outside = days.filter(days["from_day"] < days["to_day"])
    shown = outside.mutate(unapproved_start=outside["from_day"], unapproved_end=_open(outside["to_day"]))
    return grant_findings(shown, (*_GRANT, "p_number", "unapproved_start", "unapproved_end"))


def sole_proprietor(focus: Focus) -> ibis.Table:
    """Find grants that run with a sole proprietor when these were no longer allowed. At stake: those days' cost."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    owned = SUPPLIER.table().filter(SUPPLIER.table()["kind"] == SupplierKind.SOLE_PROPRIETOR.value)
    both = grants.join(owned.select("supplier_id", "cvr"), "supplier_id")
    end = ibis.literal(SOLE_PROPRIETORS_END)
    late = both.mutate(from_day=ibis.greatest(both["starts"], end), to_day=both["until"])
    return grant_findings(late.filter(late["from_day"] < late["to_day"]), (*_GRANT, "cvr"))


def past_follow_up(focus: Focus) -> ibis.Table:
    """Find running grants whose follow-up is overdue. At stake: the cost from the follow-up date to the year's end."""
    grants = running(focus(GRANT.table(), "grant_id"))
    late = grants.filter(grants["follow_up_on"] < grants["today"])
    days = late.mutate(from_day=ibis.greatest(late["starts"], late["follow_up_on"]), to_day=late["until"])
    return grant_findings(days, (*_GRANT, "follow_up_on"))


def after_death(focus: Focus) -> ibis.Table:
    """Find grants that go on after the citizen's death and the days agreed. At stake: the cost of the days after."""
    late = _after(focus, "death")
    return grant_findings(late.mutate(left_on=late["unpaid_from"]), (*_GRANT, "left_on"))


def once_after_death(focus: Focus) -> ibis.Table:
    """Find what is bought once after the citizen's death, also of stopped grants and in days that are paid after it.

    Grants that run on are found as such. At stake: the cost of the days from the first to the last such purchase.
    """
    grants = focus(GRANT.table(), "grant_id")
    counted = grants.filter(grants["status"].isin(COUNTED)).anti_join(_after(focus, "death"), "grant_id")
    died = CITIZEN.table().select("citizen_id", "died_on")
    service = SERVICE.table()
    once = service.filter(service["unit"] == Unit.ONCE.value).select("grant_id", once_on="starts")
    both = counted.join(died.filter(died["died_on"].notnull()), "citizen_id").join(once, "grant_id")
    late = both.filter(both["once_on"] > both["died_on"])
    bought = late.group_by(*GRANT.columns, "died_on").aggregate(
        once_on=late["once_on"].min(), last=late["once_on"].max()
    )
    days = bought.mutate(from_day="once_on", to_day=(bought["last"] + ibis.interval(days=1)).cast("date"))
    return grant_findings(days, (*_GRANT, "died_on", "once_on"))


def after_move(focus: Focus) -> ibis.Table:
    """Find grants that go on after the citizen moved away and the days agreed. At stake: the cost from then on."""
    citizen = CITIZEN.table()
    gone = citizen.select("citizen_id", left_on=_moved_for_good(citizen).cast("date"))
    late = _after(focus, "move").join(gone.filter(gone["left_on"].notnull()), "citizen_id")
    return grant_findings(late, (*_GRANT, "left_on"))


def without_account(focus: Focus) -> ibis.Table:
    """Find grants without a whole account string. At stake: the cost of the grant's days."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    digits = grants["account_string"].fill_null("").re_replace(r"[^0-9]", "")
    bare = grants.filter(blank(grants["account_string"]) | (digits.length() != _ACCOUNT_DIGITS))
    return grant_findings(bare.mutate(from_day="starts", to_day="until"), _GRANT)


def _after(focus: Focus, reason: str) -> ibis.Table:
    """Granted days after the last one that the contract lets be paid, with `unpaid_from`."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    stop = STOP.table()
    both = grants.join(stop.filter(stop["reason"] == reason).select("grant_id", "unpaid_from"), "grant_id")
    days = both.mutate(from_day=ibis.greatest(both["starts"], both["unpaid_from"]), to_day=both["until"])
    return days.filter(days["from_day"] < days["to_day"])


def _moved_for_good(citizen: ibis.Table) -> Any:
    """The day of leaving, null for those who live here or came back."""
    returned = citizen["moved_in"].notnull() & (citizen["moved_in"] >= citizen["moved_out"])
    return ibis.ifelse(returned, ibis.null("date"), citizen["moved_out"])


def _open(day: Any) -> Any:
    """Show an open end as null again."""
    return ibis.ifelse(day == FAR, ibis.null("date"), day)
