"""What a difference between the case system and us is worth: the expected cost of both, on the same days.

The case system's service is priced by the same relation as ours (`grants.core.expected_cost`), as a service of its own
with our calendar, factor and absence; so the difference is what the systems disagree about, and nothing else.
"""

from __future__ import annotations

from typing import Any, Final

import ibis

from styr.controls.core.control import Stake
from styr.controls.core.horizon import first_of, horizon
from styr.controls.core.relations import TODAY
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import total
from styr.kernel.relation import Relation
from styr.reconciliation.core.matching import matched_series

COMPARED: Final = Relation(
    "rel_compared",
    {
        "subject_id": "uuid",
        "from_day": "date",
        "to_day": "date",
        "our_service_id": "uuid",
        "their_starts": "date",
        "their_ends": "date",
        "their_service": "string",
        "their_unit": "string",
        "their_per": "string",
        "their_quantity": "decimal(14, 4)",
        "their_price": "decimal(14, 4)",
        "their_calendar_id": "uuid",
    },
)
"""The days (half-open) of a difference, our service line (null: none), and the service as the case system has it.

Without `their_unit` theirs is not priced; without `their_price` it is priced at our rates."""

_MONTHS: Final = 12


def difference_at_stake() -> ibis.Table:
    """Return (subject_id, amount_ore): how far apart the two costs are, never negative; null when neither is known."""
    compared = COMPARED.table()
    ours, theirs = _ours(compared), _theirs(compared)
    days = _of_both(ours, theirs)
    cost = expected_cost(
        CostInputs(
            service=ours.select(*SERVICE.columns).union(theirs.select(*SERVICE.columns), distinct=False),
            rate=_rates(ours, theirs, compared).view(),
            absence=_absences(ours, theirs).view(),
            window=_windows(days).view(),
        )
    )
    signs = days.select("service_id", "subject_id", "sign").distinct().view()
    told = cost.join(signs, "service_id")
    summed = told.group_by("subject_id").agg(
        apart=total(told["amount_ore"] * told["sign"]),
        known=total(told["amount_ore"].abs()),
        unpriced=total(told["unpriced_days"]),
    )
    nothing_known = (summed["known"] == 0) & (summed["unpriced"] > 0)
    return summed.select(
        "subject_id", amount_ore=ibis.ifelse(nothing_known, ibis.null(), summed["apart"].abs()).cast("int64")
    )


STAKE: Final = Stake(COMPARED, difference_at_stake)


def _ours(compared: ibis.Table) -> ibis.Table:
    """Our lines that the case system's services stand for."""
    series = matched_series().select("service_id", subject_id="case_grant_id")
    days = compared.select("subject_id", "from_day", "to_day")
    return days.join(series, "subject_id").join(SERVICE.table(), "service_id")


def _theirs(compared: ibis.Table) -> ibis.Table:
    """The case system's services as services of ours, under the subject's id."""
    priced = compared.filter(compared["their_unit"].notnull())
    ours = SERVICE.table().select(our_service_id="service_id", our_factor="factor", our_calendar_id="calendar_id")
    known = priced.left_join(ours, "our_service_id")
    nothing = ibis.null("uuid")
    return known.select(
        "subject_id",
        "from_day",
        "to_day",
        "our_service_id",
        service_id="subject_id",
        grant_id="subject_id",
        unit_id=nothing,
        line_no=ibis.literal(1, type="int32"),
        service=known["their_service"].fill_null(""),
        unit="their_unit",
        per=known["their_per"].fill_null("day"),
        quantity=known["their_quantity"].fill_null(_decimal(1)),
        factor=known["our_factor"].fill_null(ibis.literal(1).cast("decimal(9, 4)")),
        starts="their_starts",
        ends="their_ends",
        contract_line_id=nothing,
        calendar_id=known["our_calendar_id"].fill_null(known["their_calendar_id"]),
        their_price="their_price",
    )


def _of_both(ours: ibis.Table, theirs: ibis.Table) -> ibis.Table:
    columns = ("service_id", "subject_id", "from_day", "to_day")
    minus, plus = ibis.literal(-1, type="int64"), ibis.literal(1, type="int64")
    return ours.select(*columns, sign=minus).union(theirs.select(*columns, sign=plus), distinct=False)


def _rates(ours: ibis.Table, theirs: ibis.Table, compared: ibis.Table) -> ibis.Table:
    """Our rates, copied to the case system's service where it has no price of its own; else that price for ever."""
    rate = RATE.table()
    own = rate.semi_join(ours, "service_id").select(*RATE.columns)
    bare = theirs.filter(theirs["their_price"].isnull()).select("our_service_id", new_id="service_id")
    copied = bare.join(rate, bare["our_service_id"] == rate["service_id"]).select(
        "valid_from", "valid_to", "amount", service_id="new_id"
    )
    told = compared.filter(compared["their_price"].notnull() & compared["their_unit"].notnull()).select(
        service_id="subject_id",
        valid_from=ibis.date("1900-01-01"),
        valid_to=ibis.null("date"),
        amount="their_price",
    )
    return own.union(copied.select(*RATE.columns), told.select(*RATE.columns), distinct=False)


def _absences(ours: ibis.Table, theirs: ibis.Table) -> ibis.Table:
    absence = SERVICE_ABSENCE.table()
    own = absence.semi_join(ours, "service_id").select(*SERVICE_ABSENCE.columns)
    tied = theirs.select("our_service_id", new_id="service_id")
    copied = tied.join(absence, tied["our_service_id"] == absence["service_id"]).select(
        "starts", "ends", "billable", service_id="new_id"
    )
    return own.union(copied.select(*SERVICE_ABSENCE.columns), distinct=False)


def _windows(days: ibis.Table) -> ibis.Table:
    """Cut each service's days into the months of the horizon (`rel_service_window`)."""
    span = horizon().select(open_from="first_day", open_to="end_day")
    known = days.cross_join(span)
    clipped = known.select(
        "service_id",
        from_day=ibis.greatest(known["from_day"], known["open_from"]),
        to_day=ibis.least(known["to_day"], known["open_to"]),
    ).view()  # Ibis loses hold of a join's columns in the conditions of the next one
    month = _months()
    joined = clipped.join(month, [clipped["from_day"] < month["month_end"], clipped["to_day"] > month["month_start"]])
    return joined.select(
        "service_id",
        "month_start",
        "month_end",
        first_day=ibis.greatest(joined["from_day"], joined["month_start"]),
        end_day=ibis.least(joined["to_day"], joined["month_end"]),
    ).distinct()


def _months() -> ibis.Table:
    """Return the 24 months of the horizon."""
    today = TODAY.table()
    years = today.select(year=today["today"].year() + ibis.array([-1, 0]).unnest())
    months = years.mutate(month=ibis.array(list(range(1, _MONTHS + 1))).unnest())
    december = months["month"] == _MONTHS
    following = first_of(months["year"] + december.ifelse(1, 0), december.ifelse(1, months["month"] + 1))
    return months.select(month_start=first_of(months["year"], months["month"]), month_end=following)


def _decimal(value: int) -> Any:
    return ibis.literal(value).cast("decimal(14, 4)")
