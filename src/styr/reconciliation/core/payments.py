"""What the finance system has booked, held against the grants: posting by posting, then told by what belongs together.

A posting that names its grant is of that grant. One that does not is of the citizen's grants from the same supplier
(for help paid to the citizen: from none). Only payments and corrections of them count, not user payments and refunds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.horizon import FAR, first_of, horizon
from styr.grants.core.codes import GrantStatus
from styr.grants.core.concerned import grant_findings
from styr.grants.core.relations import GRANT
from styr.kernel.exact import total
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING
from styr.reconciliation.core.parties import FUNCTION, delivered_grants, due_accounts
from styr.suppliers.core.relations import SUPPLIER

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

PAID: Final = (PostingKind.PAYMENT.value, PostingKind.CORRECTION.value)
SILENT_MONTHS: Final = 3
"""So many whole months without a payment make a grant one that is not paid: bills come up to a quarter late."""

_NOBODY: Final = "-"
_TOLD: Final = ("payments", "first_month", "after_month", "voucher")
_LINKS: Final = ("unit_id", "citizen_id", "supplier_id", "grant_id")


@ibis.udf.scalar.builtin(name="md5", signature=(("string",), "string"))
def _md5(text: object) -> object:
    """Stand for the engines' own function: 32 hexadecimal digits, the same in both."""


def payments() -> ibis.Table:
    """The payments of the horizon (last calendar year and this one) that tell of a citizen, a grant or a supplier."""
    posting = POSTING.table().cross_join(horizon().select("first_day", "end_day"))
    told = posting["citizen_id"].notnull() | posting["grant_id"].notnull() | posting["supplier_id"].notnull()
    inside = (posting["month"] >= posting["first_day"]) & (posting["month"] < posting["end_day"])
    return posting.filter(posting["kind"].isin(PAID) & told & inside).select(*POSTING.columns).view()


def placed_payments() -> ibis.Table:
    """Return (posting_id, grant_id, covers): the promised grants a payment can be of, and 1 where they ran then."""
    paid = payments().select("posting_id", "month", "citizen_id", "supplier_id", named_id="grant_id")
    grant = delivered_grants().select("grant_id", "deliverer_id", "starts", "until", our_citizen="citizen_id")
    named = paid.filter(paid["named_id"].notnull())
    by_name = named.join(grant, named["named_id"] == grant["grant_id"])
    bare = paid.filter(paid["named_id"].isnull() & paid["citizen_id"].notnull())
    by_citizen = bare.join(
        grant,
        [bare["citizen_id"] == grant["our_citizen"], bare["supplier_id"].identical_to(grant["deliverer_id"])],
    )
    return _covered(by_name).union(_covered(by_citizen), distinct=False)


def stray_payments() -> ibis.Table:
    """The payments that no promised grant can account for; a bill we have, of nobody known, is the bill's matter."""
    paid = payments()
    known = paid.filter(paid["citizen_id"].notnull() | paid["grant_id"].notnull() | paid["invoice_id"].isnull())
    return known.anti_join(placed_payments(), "posting_id").view()


def untimely_payments() -> ibis.Table:
    """Return (posting_id, of_id): payments for months in which none of the grants that they can be of ran."""
    placed = placed_payments()
    told = placed.group_by("posting_id").agg(
        covered=placed["covers"].max(), of_id=placed["grant_id"].cast("string").max().cast("uuid")
    )
    return told.filter(told["covered"] == 0).select("posting_id", "of_id").view()


def misbooked_payments() -> ibis.Table:
    """Return (posting_id, of_id, due_account): payments on an account of a function that none of their grants has."""
    placed = placed_payments().select("posting_id", of_id="grant_id").view()
    paid = payments().select("posting_id", "account", "month").join(placed, "posting_id").view()
    due = due_accounts().view()
    dated = paid.join(
        due, [paid["of_id"] == due["grant_id"], paid["month"] >= due["due_from"], paid["month"] < due["due_to"]]
    )
    ranked = dated.mutate(
        place=ibis.row_number().over(
            group_by=[dated["posting_id"], dated["of_id"]], order_by=[dated["width"].desc(), dated["due_account"]]
        ),
        same=ibis.ifelse(
            dated["account"].substr(0, FUNCTION) == dated["due_account"].substr(0, FUNCTION), _int(1), _int(0)
        ),
    )
    first = ranked.filter(ranked["place"] == 0).select("posting_id", "of_id", "due_account", "same")
    judged = first.mutate(
        fits=first["same"].max().over(group_by=first["posting_id"]),
        nth=ibis.row_number().over(group_by=first["posting_id"], order_by=[first["due_account"], first["of_id"]]),
    )
    other = judged.filter((judged["fits"] == 0) & (judged["nth"] == 0))
    return other.select("posting_id", "of_id", "due_account").view()


def repeated_payments() -> ibis.Table:
    """Payments that stand more than once: the same amount for the same month, bill and account, on several vouchers.

    `times` is how often, less what was booked back; `voucher` and `again` are two of the vouchers, `size` the amount.
    """
    paid = payments()
    known = paid.filter(paid["citizen_id"].notnull() | paid["grant_id"].notnull() | paid["invoice_id"].notnull())
    sized = known.mutate(size=known["amount_ore"].abs(), sign=ibis.ifelse(known["amount_ore"] > 0, _int(1), _int(-1)))
    forth: Any = ibis.ifelse(sized["amount_ore"] > 0, sized["voucher"], ibis.null("string"))
    keys = (*_LINKS, "invoice_id", "account", "month", "size")
    grouped = sized.group_by(*keys).agg(
        times=total(sized["sign"]), vouchers=forth.nunique(), voucher=forth.min(), again=forth.max()
    )
    return grouped.filter((grouped["times"] > 1) & (grouped["vouchers"] > 1))


def without_grant(focus: Focus) -> ibis.Table:
    """Find what was paid to a supplier for a citizen, or to the citizen, that no promised grant can account for."""
    together = _together(stray_payments().mutate(grant_id=ibis.null("uuid")), ("citizen_id", "supplier_id"), focus)
    cvr = SUPPLIER.table().select("supplier_id", "cvr")
    paid = together.filter(together["amount_ore"] > 0).left_join(cvr, "supplier_id")
    word = ibis.ifelse(
        paid["cvr"].isnull(), ibis.literal("borgeren"), ibis.literal("leverandøren med CVR ") + paid["cvr"]
    )
    return paid.select(
        "subject_id", *_LINKS, "amount_ore", "account", *_TOLD, payee=word,
        whose=ibis.ifelse(paid["citizen_id"].isnull(), "uden en borger", "for en borger"),
    )  # fmt: skip


def outside_grant(focus: Focus) -> ibis.Table:
    """Find what was paid for months in which the grant did not run."""
    paid = payments().drop("grant_id").join(untimely_payments(), "posting_id").rename(grant_id="of_id").view()
    together = _together(paid, ("grant_id",), focus)
    grant = GRANT.table().select("grant_id", "number", "section", "starts", "ends")
    shown = together.filter(together["amount_ore"] > 0).join(grant, "grant_id")
    return shown.select("subject_id", *_LINKS, "amount_ore", "number", "section", "starts", "ends", *_TOLD)


def misused_account(focus: Focus) -> ibis.Table:
    """Find what was paid of a grant on an account of another function than the account rule's, or the grant's own."""
    paid = payments().drop("grant_id").join(misbooked_payments(), "posting_id").rename(grant_id="of_id").view()
    together = _together(paid, ("grant_id", "account", "due_account"), focus)
    grant = GRANT.table().select("grant_id", "number", "section")
    shown = together.filter(together["amount_ore"] != 0).join(grant, "grant_id")
    return shown.select(
        "subject_id", *_LINKS, "number", "section", "account", "due_account", *_TOLD,
        amount_ore=shown["amount_ore"].abs(),
    )  # fmt: skip


def paid_twice(focus: Focus) -> ibis.Table:
    """Find the same payment booked more than once. At stake: all but the first."""
    twice = repeated_payments()
    size, month = twice["size"].cast("string"), twice["month"].cast("string")
    ids = [twice[name].cast("string") for name in ("grant_id", "citizen_id", "supplier_id", "invoice_id")]
    seen = focus(twice.mutate(subject_id=_identity([*ids, twice["account"], month, size])).view(), "subject_id")
    return seen.select(
        "subject_id", *_LINKS, "invoice_id", "times", "month", "voucher", "again", "account",
        amount_ore=(seen["size"] * (seen["times"] - 1)).cast("int64"),
        each_ore=seen["size"].cast("int64"),
    )  # fmt: skip


def unpaid_grants(focus: Focus) -> ibis.Table:
    """Find granted grants that have run for three closed months without a payment. At stake: what was expected.

    A payment that names no grant counts where it is on the grant's own account, or the grant has none.
    """
    grants = focus(GRANT.table(), "grant_id").mutate(until=lambda row: row["ends"].fill_null(FAR))
    books = POSTING.table().agg(begins=POSTING.table()["month"].min())
    known = grants.cross_join(horizon().select("today")).cross_join(books)
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


def _covered(pairs: ibis.Table) -> ibis.Table:
    month_end = (pairs["month"] + ibis.interval(months=1)).cast("date")
    ran = (pairs["starts"] < month_end) & (pairs["until"] > pairs["month"])
    return pairs.select("posting_id", "grant_id", covers=ibis.ifelse(ran, _int(1), _int(0)))


def _grants_paid() -> ibis.Table:
    """The ids of the grants of which something was paid."""
    paid = payments()
    named = paid.filter(paid["grant_id"].notnull()).select("grant_id")
    bare = paid.filter(paid["grant_id"].isnull() & paid["citizen_id"].notnull()).select(
        "citizen_id", "supplier_id", "account"
    )
    grant = delivered_grants().select("grant_id", "deliverer_id", "account_string", our_citizen="citizen_id")
    pairs = bare.join(
        grant,
        [bare["citizen_id"] == grant["our_citizen"], bare["supplier_id"].identical_to(grant["deliverer_id"])],
    )
    same = pairs.filter((pairs["account"] == pairs["account_string"]) | pairs["account_string"].isnull())
    return named.union(same.select("grant_id"), distinct=True)


def _together(paid: ibis.Table, keys: tuple[str, ...], focus: Focus) -> ibis.Table:
    """Payments with the same keys as one subject: their sum, how many they are, and from when to when."""
    named = paid.mutate(subject_id=_identity([paid[key].cast("string") for key in keys])).view()
    seen = focus(named, "subject_id")
    ids = {name: seen[name].cast("string").max().cast("uuid") for name in _LINKS}
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


def _identity(parts: list[Any]) -> Any:
    """The id of what is known by these texts together; the same every time, and in either engine."""
    first, *others = [part.fill_null(_NOBODY) for part in parts]
    return _md5(first.concat("|", *(piece for part in others for piece in (part, "|")))).cast("uuid")


def _int(value: int) -> Any:
    return ibis.literal(value, type="int64")
