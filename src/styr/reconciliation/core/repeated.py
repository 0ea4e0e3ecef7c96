"""The same payment booked more than once, told from payments that come regularly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.focus import WHOLE
from styr.kernel.exact import total
from styr.reconciliation.core.payments import LINKS, identity, payments

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

_SERIES: Final = (*LINKS, "invoice_id", "account", "size")
_PAIR: Final = 2


def paid_twice(focus: Focus) -> ibis.Table:
    """Find the same payment booked more than once. At stake: all but the first."""
    twice = repeated_payments(focus)
    size, month = twice["size"].cast("string"), twice["month"].cast("string")
    ids = [twice[name].cast("string") for name in (*LINKS, "invoice_id")]
    return twice.select(
        *LINKS, "invoice_id", "times", "month", "voucher", "again", "account",
        subject_id=identity([*ids, twice["account"], month, size]),
        amount_ore=(twice["size"] * (twice["times"] - 1)).cast("int64"),
        each_ore=twice["size"].cast("int64"),
    )  # fmt: skip


def repeated_payments(focus: Focus = WHOLE) -> ibis.Table:
    """Payments that stand more than once: the same amount for the same month, bill and account, on several vouchers.

    Where the bill is not known, two of one day are the same payment, and two of different days only where the month is
    the single one with more than one: what comes every week, or twice in each of several months, are payments of their
    own. `times` is how often, less what was booked back; `voucher` and `again` are two vouchers, `size` the amount.
    """
    day = _days_paid(focus)
    here: Any = ibis.ifelse(day["surplus"] > 0, day["voucher"], ibis.null("string"))
    there: Any = ibis.ifelse(day["surplus"] > 0, day["again"], ibis.null("string"))
    grouped = day.group_by(*_SERIES, "month").agg(
        paid=total(day["paid"]),
        back=total(day["back"]),
        same_day=total(day["surplus"]),
        first=day["voucher"].min(),
        last=day["again"].max(),
        voucher=here.min(),
        again=there.max(),
    )
    several: Any = ibis.ifelse(grouped["paid"] > 1, _int(1), _int(0))
    series = grouped.mutate(months=several.sum().over(group_by=[grouped[name] for name in _SERIES]))
    pair = (series["paid"] == _PAIR) & (series["months"] == 1) & (series["first"] != series["last"])
    surplus = ibis.greatest(series["same_day"], ibis.ifelse(pair, _int(1), _int(0)))
    times = (surplus + _int(1) - series["back"]).cast("int64")
    counted = series.mutate(
        times=times,
        voucher=ibis.coalesce(series["voucher"], series["first"]),
        again=ibis.coalesce(series["again"], series["last"]),
    )
    return counted.filter(counted["times"] > 1).select(*_SERIES, "month", "times", "voucher", "again")


def _days_paid(focus: Focus) -> ibis.Table:
    """Equal payments of one day (of one bill: of any day): how many, booked back, and more than one, with vouchers."""
    known = _standing_twice(payments(focus))
    forth = known["amount_ore"] > 0
    sized = known.mutate(
        forth=ibis.ifelse(forth, _int(1), _int(0)),
        booked_on=ibis.ifelse(known["invoice_id"].isnull(), known["posted_on"], ibis.null("date")),
        paid_by=ibis.ifelse(forth, known["voucher"], ibis.null("string")),
    )
    grouped = sized.group_by(*_SERIES, "month", "booked_on").agg(
        paid=total(sized["forth"]),
        back=total(_int(1) - sized["forth"]),
        voucher=sized["paid_by"].min(),
        again=sized["paid_by"].max(),
    )
    twice = (grouped["paid"] > 1) & (grouped["voucher"] != grouped["again"])
    return grouped.mutate(surplus=ibis.ifelse(twice, grouped["paid"] - _int(1), _int(0))).view()


def _standing_twice(paid: ibis.Table) -> ibis.Table:
    """Payments with their `size`, of somebody known who is paid that much more than once for the month; a quick sieve.

    Ten million payments are grouped by three short columns, and by all their names only the few that this leaves.
    """
    owner = ibis.coalesce(paid["citizen_id"], paid["grant_id"], paid["invoice_id"])
    known = paid.mutate(owner=owner, size=paid["amount_ore"].abs()).filter(lambda row: row["owner"].notnull())
    forth = known.filter(known["amount_ore"] > 0)
    counted = forth.group_by("owner", "size", "month").agg(times=forth.count())
    return known.semi_join(counted.filter(counted["times"] > 1), ["owner", "size", "month"]).drop("owner").view()


def _int(value: int) -> Any:
    return ibis.literal(value, type="int64")
