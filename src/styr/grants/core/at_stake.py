"""What a register finding is worth: the expected cost of the days it concerns, in the horizon of the controls.

One expression prices every register control: it is long, and compiling it once a process is enough.
"""

from typing import Final

import ibis

from styr.controls.core.control import Stake
from styr.controls.core.horizon import first_of
from styr.controls.core.relations import TODAY
from styr.grants.core.concerned import granted
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import GRANT, SERVICE
from styr.kernel.exact import rounded_ore, whole
from styr.kernel.relation import Relation

CONCERNED: Final = Relation(
    "rel_concerned",
    {
        "subject_id": "uuid",
        "from_day": "date",
        "to_day": "date",
        "part": "decimal(14, 4)",
        "of_whole": "decimal(14, 4)",
    },
)
"""The days (half-open) that a finding about a grant, a contract or a contract line concerns, and the share of their
cost that is at stake: `part` of `of_whole`, e.g. 250 of a price of 1,000 kr. that is 250 kr. too high; or 1 of 1."""


def at_stake() -> ibis.Table:
    """Return (subject_id, amount_ore): what the granted services of each subject cost on its days, times its share.

    The amount is null when none of the days can be priced (no rate, no calendar).
    """
    concerned = CONCERNED.table()
    services = _services_of(concerned)
    window = _windows(services)
    lines = SERVICE.table().semi_join(services, "service_id")
    cost = expected_cost(CostInputs(service=lines, window=window))
    of_service = cost.group_by("service_id").agg(known=cost["amount_ore"].sum(), unpriced=cost["unpriced_days"].sum())
    of_subject = services.join(of_service, "service_id")
    summed = of_subject.group_by("subject_id", "part", "of_whole").agg(
        known=of_subject["known"].sum(), unpriced=of_subject["unpriced"].sum()
    )
    share = rounded_ore(
        whole(summed["known"]) * whole(summed["part"], decimals=4), whole(summed["of_whole"], decimals=4)
    )
    nothing_known = (summed["known"] == 0) & (summed["unpriced"] > 0)
    return summed.select("subject_id", amount_ore=ibis.ifelse(nothing_known, ibis.null(), share).cast("int64"))


STAKE: Final = Stake(CONCERNED, at_stake)


def _services_of(concerned: ibis.Table) -> ibis.Table:
    """Find the services by grant, by the grant's contract and by contract line: ids are unique over all of these."""
    grants = granted(GRANT.table()).select("grant_id", "contract_id")
    services = SERVICE.table().select("service_id", "grant_id", "contract_line_id").join(grants, "grant_id")
    found = [
        concerned.join(services, concerned["subject_id"] == services[column]).select("service_id", *concerned.columns)
        for column in ("grant_id", "contract_id", "contract_line_id")
    ]
    return found[0].union(found[1], found[2], distinct=False)


def _windows(services: ibis.Table) -> ibis.Table:
    """Cut each service's concerned days into the months of the horizon (`rel_service_window`)."""
    month = _months()
    joined = services.join(
        month, [services["from_day"] < month["month_end"], services["to_day"] > month["month_start"]]
    )
    return joined.select(
        "service_id",
        "month_start",
        "month_end",
        first_day=ibis.greatest(joined["from_day"], joined["month_start"]),
        end_day=ibis.least(joined["to_day"], joined["month_end"]),
    )


def _months() -> ibis.Table:
    """Return the 24 months of the horizon."""
    today = TODAY.table()
    years = today.select(year=today["today"].year() + ibis.array([-1, 0]).unnest())
    months = years.mutate(month=ibis.array(list(range(1, 13))).unnest())
    december = months["month"] == 12  # noqa: PLR2004 - the year's last month
    following = first_of(months["year"] + december.ifelse(1, 0), december.ifelse(1, months["month"] + 1))
    return months.select(month_start=first_of(months["year"], months["month"]), month_end=following)
