"""What each citizen costs and brings in, month by month, as the central refund looks at it: booked, else expected.

Booked months are the postings; open months are the expected cost of grants that are granted or stopped, less the user
payment that is agreed. So are the late months of grants whose bill has not come. Cost under other laws, objectively
financed cost, our own central refund and cost of citizens whom another municipality pays for do not count.
"""

from __future__ import annotations

import ibis

from styr.grants.core.codes import GrantStatus
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import GRANT, SERVICE
from styr.invoices.core.relations import PAYER
from styr.kernel.exact import Column, rounded_ore, total
from styr.kernel.relation import Relation
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING
from styr.people.core.relations import CITIZEN
from styr.refunds.core.relations import FRAME, PAYER_PERIOD, TREATMENT, USER_PAYMENT

_AREA, _FUNCTION = 3, 5
_KINDS = ("running", "one_off", "income", "objective")

OPEN_MONTH = Relation("rel_month", dict.fromkeys(("month_start", "month_end", "first_day", "end_day"), "date"))
"""The open and the late months of the year: the windows that the expected cost is asked about."""

AMOUNT = ("citizen_id", "law", "month", "running", "one_off", "income", "objective", "booked")


def amounts() -> ibis.Table:
    """Return (citizen_id, law, month, running, one_off, income, objective, booked), øre, one row a kind of source.

    `law` is SEL or BL; income is positive; `booked` is false where the row rests on the expected cost.
    """
    rows = ibis.union(_booked(), _expected(), _agreed_income(), distinct=False)
    counted = _of_our_months(rows.filter(rows.law.isin(["SEL", "BL"])))
    return counted.group_by("citizen_id", "law", "month", "booked").agg(
        **{name: total(counted[name]) for name in _KINDS}
    )


def expected_user_payment() -> ibis.Table:
    """Return (user_payment_id, citizen_id, grant_id, unit_id, month, amount_ore) of the months of `rel_month`.

    A month that is not whole is charged by its days, rounded half away from zero.
    """
    paid, window = USER_PAYMENT.table(), OPEN_MONTH.table()
    at = paid.join(
        window,
        (paid.starts < window.end_day) & (paid.ends.isnull() | (paid.ends > window.first_day)),
    )
    first = ibis.greatest(at.starts, at.first_day)
    last: Column = ibis.least(at.ends.fill_null(at.end_day), at.end_day)
    days, whole_month = last.delta(first, unit="day"), at.month_end.delta(at.month_start, unit="day")
    return at.select(
        "user_payment_id",
        "citizen_id",
        "grant_id",
        "unit_id",
        month=at.month_start,
        amount_ore=rounded_ore(at.month_ore.cast("int64") * days.cast("int64"), whole_month.cast("int64")),
    )


def _of_our_months(rows: ibis.Table) -> ibis.Table:
    """Keep what this municipality pays for: by what somebody has told of the month, else by the register."""
    period = PAYER_PERIOD.table()
    when = period.select(who="citizen_id", payer="payer", starts="valid_from", until="valid_to")
    holds = (when.starts <= rows.month) & (when.until.isnull() | (rows.month < when.until))
    told = rows.left_join(when, [rows.citizen_id == when.who, holds])
    untold = told.filter(told.who.isnull()).semi_join(_ours().select("citizen_id"), "citizen_id")
    named = told.filter(told.who.notnull())
    itself = named.filter(named.payer == "").union(
        named.filter(named.payer != "").semi_join(_we_ourselves(), [("payer", "code")]), distinct=False
    )
    return untold.union(itself, distinct=False).select(*rows.columns)


def _we_ourselves() -> ibis.Table:
    payer = PAYER.table()
    return payer.select(code="code").union(payer.select(code="name"), distinct=True)


def _ours() -> ibis.Table:
    """Citizens that this municipality pays for: nobody is named, or it is ourselves (BEK 1485/2023 § 1, stk. 3)."""
    known = _we_ourselves()
    citizen = CITIZEN.table()
    unnamed = citizen.filter(citizen.paying_municipality.isnull() | (citizen.paying_municipality == ""))
    named = citizen.semi_join(known, citizen.paying_municipality == known.code)
    return unnamed.union(named.select(unnamed.columns), distinct=False)


def law_of(section: Column) -> Column:
    """The law of a section's code: SEL-107 is SEL."""
    return ibis.cases((section.startswith("SEL-"), "SEL"), (section.startswith("BL-"), "BL"), else_="other")


def _booked() -> ibis.Table:
    """The postings of the year's closed months."""
    frame, posting = FRAME.table(), POSTING.table()
    grant = GRANT.table().select(granted_id="grant_id", section="section")
    booked = frame.filter(frame.booked).select("month")
    of_year = posting.semi_join(booked, "month")
    known = of_year.filter(of_year.citizen_id.notnull())
    placed = known.left_join(grant, known.grant_id == grant.granted_id)
    treated = _treated(placed)
    law = ibis.ifelse(treated.section.notnull(), law_of(treated.section), treated.area_law.fill_null("other"))
    income = treated.kind.isin([PostingKind.USER_PAYMENT.value, PostingKind.REFUND.value])
    objective = treated.treatment.fill_null("counts") == "objective"
    kept = treated.mutate(
        law=law,
        what=ibis.cases(
            (objective, "objective"),
            (income, "income"),
            (treated.once.notnull(), "one_off"),
            else_="running",
        ),
    )
    kept = kept.filter(kept.treatment.fill_null("counts") != "own_refund")
    signed = ibis.ifelse(kept.what == "income", -kept.amount_ore, kept.amount_ore)
    return _spread(kept.mutate(signed=signed), booked=True)


def _treated(placed: ibis.Table) -> ibis.Table:
    """Add how the account counts, and whether the grant buys nothing but one-offs."""
    rule, service = TREATMENT.table(), SERVICE.table()
    function = rule.filter(rule.prefix.length() == _FUNCTION).select(
        function="prefix", treatment="treatment", function_from="valid_from", function_to="valid_to"
    )
    area = rule.filter(rule.prefix.length() == _AREA).select(
        area="prefix", area_law="law", area_from="valid_from", area_to="valid_to"
    )
    each = service.group_by("grant_id").agg(only_once=(service.unit == "once").all())
    once = each.filter(each.only_once).select(once="grant_id")
    by_function = placed.left_join(
        function,
        (placed.account.substr(0, _FUNCTION) == function.function)
        & (placed.month >= function.function_from)
        & (function.function_to.isnull() | (placed.month < function.function_to)),
    )
    by_area = by_function.left_join(
        area,
        (by_function.account.substr(0, _AREA) == area.area)
        & (by_function.month >= area.area_from)
        & (area.area_to.isnull() | (by_function.month < area.area_to)),
    )
    return by_area.left_join(once, by_area.grant_id == once.once)


def _expected() -> ibis.Table:
    """The expected cost of the year's open months; what is bought once is a one-off."""
    cost = expected_cost(CostInputs(window=OPEN_MONTH.table()))
    grant = GRANT.table()
    counted = grant.filter(grant.status.isin([GrantStatus.GRANTED.value, GrantStatus.STOPPED.value]))
    rule = TREATMENT.table()
    objective = rule.filter((rule.treatment == "objective") & (rule.prefix.length() == _FUNCTION))
    objective = objective.select(function="prefix", since="valid_from", until="valid_to")
    row = cost.join(counted.select("grant_id", "citizen_id", "section", "account_string"), "grant_id")
    row = _not_come(row, PostingKind.PAYMENT, also_without_grant=True)
    marked = row.left_join(
        objective,
        (row.account_string.substr(0, _FUNCTION) == objective.function)
        & (row.month >= objective.since)
        & (objective.until.isnull() | (row.month < objective.until)),
    )
    what = ibis.cases((marked.function.notnull(), "objective"), (marked.unit == "once", "one_off"), else_="running")
    return _spread(
        marked.mutate(law=law_of(marked.section), what=what, signed=marked.amount_ore.cast("int64")), booked=False
    )


def _agreed_income() -> ibis.Table:
    """The user payment agreed for the open months."""
    agreed = expected_user_payment()
    grant = GRANT.table().select("grant_id", "section")
    row = _not_come(agreed.join(grant, "grant_id"), PostingKind.USER_PAYMENT)
    return _spread(
        row.mutate(law=law_of(row.section), what=ibis.literal("income"), signed=row.amount_ore), booked=False
    )


def _not_come(row: ibis.Table, kind: PostingKind, *, also_without_grant: bool = False) -> ibis.Table:
    """Keep what is of open months, and of late months in which nothing of that kind is posted on the grant.

    A payment that names the citizen and no grant may be of any grant: it counts as come for all of them.
    """
    frame = FRAME.table()
    booked = frame.filter(frame.booked).select("month")
    posted = POSTING.table()
    came = posted.filter(posted.kind == kind.value).semi_join(booked, "month")
    kept = row.anti_join(came, (row.grant_id == came.grant_id) & (row.month == came.month))
    if not also_without_grant:
        return kept
    loose = came.filter(came.grant_id.isnull())
    return kept.anti_join(loose, (kept.citizen_id == loose.citizen_id) & (kept.month == loose.month))


def _spread(rows: ibis.Table, *, booked: bool) -> ibis.Table:
    """One column a kind, so that rows can be added up."""
    nothing = ibis.literal(0, type="int64")
    columns = {name: ibis.ifelse(rows.what == name, rows.signed.cast("int64"), nothing) for name in _KINDS}
    return rows.select("citizen_id", "law", "month", **columns, booked=ibis.literal(value=booked)).select(*AMOUNT)
