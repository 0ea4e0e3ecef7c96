"""What the finance system has booked, held against the grants: posting by posting, then told by what belongs together.

A posting that names its grant is of that grant. One that does not is of the citizen's grants from the same supplier
(for help paid to the citizen: from none). Only payments and corrections of them count, not user payments and refunds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.focus import WHOLE
from styr.controls.core.horizon import FAR, first_of, horizon
from styr.grants.core.codes import GrantStatus
from styr.grants.core.concerned import grant_findings
from styr.grants.core.relations import GRANT
from styr.kernel.exact import total
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING
from styr.reconciliation.core.parties import FUNCTION, delivered_grants, due_accounts
from styr.reconciliation.core.relations import BOOKS
from styr.suppliers.core.relations import SUPPLIER

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

PAID: Final = (PostingKind.PAYMENT.value, PostingKind.CORRECTION.value)
SILENT_MONTHS: Final = 3
"""So many whole months without a payment make a grant one that is not paid: bills come up to a quarter late."""

_NOBODY: Final = "-"
_TOLD: Final = ("payments", "first_month", "after_month", "voucher")
LINKS: Final = ("unit_id", "citizen_id", "supplier_id", "grant_id")


@ibis.udf.scalar.builtin(name="md5", signature=(("string",), "string"))
def _md5(text: object) -> object:
    """Stand for the engines' own function: 32 hexadecimal digits, the same in both."""


def payments(focus: Focus = WHOLE) -> ibis.Table:
    """The payments of the horizon (last calendar year and this one) that tell of a citizen, a grant or a supplier."""
    posting = focus(POSTING.table(), "citizen_id").cross_join(horizon().select("first_day", "end_day"))
    told = posting["citizen_id"].notnull() | posting["grant_id"].notnull() | posting["supplier_id"].notnull()
    inside = (posting["month"] >= posting["first_day"]) & (posting["month"] < posting["end_day"])
    return posting.filter(posting["kind"].isin(PAID) & told & inside).select(*POSTING.columns).view()


def stray_payments(focus: Focus = WHOLE) -> ibis.Table:
    """The payments that no promised grant can account for; a bill we have, of nobody known, is the bill's matter."""
    named, bare, nobody = _parted(payments(focus))
    grant = delivered_grants()
    unknown = named.anti_join(grant, named["grant_id"] == grant["grant_id"])
    without = bare.anti_join(grant, _same_party(bare, grant))
    known_bill = nobody["invoice_id"].notnull()
    return unknown.union(without, nobody.filter(~known_bill), distinct=False).view()


def untimely_payments(focus: Focus = WHOLE) -> ibis.Table:
    """Return (posting_id, of_id): payments for months in which none of the grants that they can be of ran."""
    named, bare, _ = _parted(payments(focus))
    grant = delivered_grants()
    ours = grant.select("starts", "until", of_id="grant_id").view()
    by_name = named.join(ours, named["grant_id"] == ours["of_id"])
    outside = by_name.filter(~_ran(by_name)).select("posting_id", "of_id")
    ended = _month_end(bare)
    timely = [*_same_party(bare, grant), grant["starts"] < ended, grant["until"] > bare["month"]]
    early_or_late = bare.anti_join(grant, timely).view()
    near = early_or_late.join(grant, _same_party(early_or_late, grant), rname="{name}_of")
    ranked = near.mutate(
        place=ibis.row_number().over(group_by=near["posting_id"], order_by=[near["until"].desc(), near["grant_id_of"]])
    )
    nearest = ranked.filter(ranked["place"] == 0).select("posting_id", of_id="grant_id_of")
    return outside.union(nearest, distinct=False).view()


def misbooked_payments(focus: Focus = WHOLE) -> ibis.Table:
    """Return (posting_id, of_id, due_account): payments on an account of a function that none of their grants has."""
    named, bare, _ = _parted(payments(focus))
    grant = delivered_grants()
    columns = ("posting_id", "month", "function")
    of_named = named.mutate(function=_function(named["account"])).select(*columns, of_id="grant_id")
    pairs = bare.join(grant, _same_party(bare, grant), rname="{name}_of")
    of_bare = pairs.mutate(function=_function(pairs["account"])).select(*columns, of_id="grant_id_of")
    booked = of_named.union(of_bare, distinct=False).view()
    due = due_accounts().view()
    likely = _suspected(booked, due)
    wrong = _judged(likely, due).filter(lambda row: ~row["same"]).view()
    at_odds = likely.join(wrong, ["of_id", "month", "function"]).select("posting_id", "of_id", "due_account").distinct()
    doubtful = of_bare.semi_join(at_odds, "posting_id").distinct()
    right = _judged(doubtful, due).filter(lambda row: row["same"]).view()
    fitting = doubtful.join(right, ["of_id", "month", "function"]).select("posting_id").view()
    alone = at_odds.anti_join(fitting, "posting_id").view()
    ranked = alone.mutate(
        place=ibis.row_number().over(group_by=alone["posting_id"], order_by=[alone["due_account"], alone["of_id"]])
    )
    return ranked.filter(ranked["place"] == 0).select("posting_id", "of_id", "due_account").view()


def without_grant(focus: Focus) -> ibis.Table:
    """Find what was paid to a supplier for a citizen, or to the citizen, that no promised grant can account for."""
    together = _together(stray_payments(focus).mutate(grant_id=ibis.null("uuid")), ("citizen_id", "supplier_id"))
    cvr = SUPPLIER.table().select("supplier_id", "cvr")
    paid = together.filter(together["amount_ore"] > 0).left_join(cvr, "supplier_id")
    word = ibis.ifelse(
        paid["cvr"].isnull(), ibis.literal("borgeren"), ibis.literal("leverandøren med CVR ") + paid["cvr"]
    )
    return paid.select(
        "subject_id", *LINKS, "amount_ore", "account", *_TOLD, payee=word,
        whose=ibis.ifelse(paid["citizen_id"].isnull(), "uden en borger", "for en borger"),
    )  # fmt: skip


def outside_grant(focus: Focus) -> ibis.Table:
    """Find what was paid for months in which the grant did not run."""
    late = untimely_payments(focus)
    paid = payments(focus).drop("grant_id").join(late, "posting_id").rename(grant_id="of_id").view()
    together = _together(paid, ("grant_id",))
    grant = GRANT.table().select("grant_id", "number", "section", "starts", "ends")
    shown = together.filter(together["amount_ore"] > 0).join(grant, "grant_id")
    return shown.select("subject_id", *LINKS, "amount_ore", "number", "section", "starts", "ends", *_TOLD)


def misused_account(focus: Focus) -> ibis.Table:
    """Find what was paid of a grant on an account of another function than the account rule's, or the grant's own."""
    wrong = misbooked_payments(focus)
    paid = payments(focus).drop("grant_id").join(wrong, "posting_id").rename(grant_id="of_id").view()
    together = _together(paid, ("grant_id", "account", "due_account"))
    grant = GRANT.table().select("grant_id", "number", "section")
    shown = together.filter(together["amount_ore"] != 0).join(grant, "grant_id")
    return shown.select(
        "subject_id", *LINKS, "number", "section", "account", "due_account", *_TOLD,
        amount_ore=shown["amount_ore"].abs(),
    )  # fmt: skip


def unpaid_grants(focus: Focus) -> ibis.Table:
    """Find granted grants that have run for three closed months without a payment. At stake: what was expected.

    A payment that names no grant counts where it is on the grant's own account, or the grant has none.
    """
    grants = focus(GRANT.table(), "grant_id").mutate(until=lambda row: row["ends"].fill_null(FAR))
    known = grants.cross_join(horizon().select("today")).cross_join(BOOKS.table())
    this_month = first_of(known["today"].year(), known["today"].month())
    closed = known.mutate(this_month=this_month, since=(this_month - ibis.interval(months=SILENT_MONTHS)).cast("date"))
    running = closed.filter(
        (closed["status"] == GrantStatus.GRANTED.value)
        & (closed["starts"] <= closed["since"])
        & (closed["until"] >= closed["this_month"])
        & (closed["begins"] <= closed["since"])
    )
    unpaid = running.view().anti_join(_grants_paid(), "grant_id")
    days = unpaid.mutate(from_day=ibis.greatest(unpaid["starts"], unpaid["begins"]), to_day="this_month")
    return grant_findings(days, ("number", "section", "starts", "ends", "begins"))


def _parted(paid: ibis.Table) -> tuple[ibis.Table, ibis.Table, ibis.Table]:
    """Payments that name their grant, those that name a citizen and no grant, and those that name neither."""
    bare = paid["grant_id"].isnull()
    known = paid["citizen_id"].notnull()
    return paid.filter(~bare).view(), paid.filter(bare & known).view(), paid.filter(bare & ~known).view()


def _same_party(bare: ibis.Table, grant: ibis.Table) -> list[Any]:
    """The citizen and the supplier are the grant's; help paid to the citizen has no supplier on either side."""
    return [bare["citizen_id"] == grant["citizen_id"], bare["supplier_id"].identical_to(grant["deliverer_id"])]


def _ran(pairs: ibis.Table) -> Any:
    return (pairs["starts"] < _month_end(pairs)) & (pairs["until"] > pairs["month"])


def _month_end(paid: ibis.Table) -> Any:
    return (paid["month"] + ibis.interval(months=1)).cast("date")


def _function(account: Any) -> Any:
    return account.substr(0, FUNCTION)


def _suspected(booked: ibis.Table, due: ibis.Table) -> ibis.Table:
    """Payments on a function that some account of their grant has not: the few whose months have to be looked at.

    Engines keep the rows of what ends in `distinct`, and read them again instead of working them out anew.
    """
    function = _function(due["due_account"])
    span = due.group_by(due_id=due["grant_id"]).agg(least=function.min(), greatest=function.max())
    known = booked.join(span, booked["of_id"] == span["due_id"])
    other = (known["function"] != known["least"]) | (known["function"] != known["greatest"])
    return known.filter(other).select(booked.columns).distinct()


def _judged(booked: ibis.Table, due: ibis.Table) -> ibis.Table:
    """Whether each grant's payments of a month belong on an account of that function, and on which they do."""
    asked = booked.select("of_id", "month", "function").distinct().view()
    dated = asked.join(
        due, [asked["of_id"] == due["grant_id"], asked["month"] >= due["due_from"], asked["month"] < due["due_to"]]
    )
    ranked = dated.mutate(
        place=ibis.row_number().over(
            group_by=[dated["of_id"], dated["month"], dated["function"]],
            order_by=[dated["width"].desc(), dated["due_account"]],
        )
    )
    first = ranked.filter(ranked["place"] == 0)
    same = first["function"] == _function(first["due_account"])
    return first.select("of_id", "month", "function", "due_account", same=same).view()


def _grants_paid() -> ibis.Table:
    """The ids of the grants of which something was paid."""
    named, bare, _ = _parted(payments())
    grant = delivered_grants()
    said = bare.select("citizen_id", "supplier_id", "account").distinct().view()
    pairs = said.join(grant, _same_party(said, grant), rname="{name}_of")
    same = pairs.filter((pairs["account"] == pairs["account_string"]) | pairs["account_string"].isnull())
    return named.select("grant_id").distinct().union(same.select("grant_id"), distinct=True)


def _together(paid: ibis.Table, keys: tuple[str, ...]) -> ibis.Table:
    """Payments with the same keys and unit as one subject: their sum, how many they are, and from when to when."""
    told = [paid[key].cast("string") for key in (*keys, "unit_id")]
    seen = paid.mutate(subject_id=identity(told)).view()
    ids = {name: seen[name].cast("string").max().cast("uuid") for name in LINKS}
    texts = {name: seen[name].max() for name in ("account", "due_account") if name in seen.columns}
    grouped = seen.group_by("subject_id").agg(
        amount_ore=total(seen["amount_ore"]),
        payments=seen.count().cast("int64"),
        first_month=seen["month"].min(),
        last_month=seen["month"].max(),
        voucher=seen["voucher"].min(),
        **ids,
        **texts,
    )
    return grouped.mutate(after_month=(grouped["last_month"] + ibis.interval(months=1)).cast("date")).view()


def identity(parts: list[Any]) -> Any:
    """The id of what is known by these texts together; the same every time, and in either engine."""
    first, *others = [part.fill_null(_NOBODY) for part in parts]
    return _md5(first.concat("|", *(piece for part in others for piece in (part, "|")))).cast("uuid")
