"""Where a case system and our registers tell different things about one grant: one function a control.

Each gives the rows of one control, a row a service of the case system, or a grant of ours that it lacks. What the case
system does not say is not compared. Prices and quantities are compared on the day the extract was taken, or the nearest
on which both have the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.horizon import FAR, horizon
from styr.grants.core.codes import GrantStatus
from styr.grants.core.concerned import grant_findings
from styr.grants.core.relations import GRANT, RATE, SERVICE
from styr.reconciliation.core.codes import CASE_SYSTEMS
from styr.reconciliation.core.matching import (
    days_compared,
    matched_grants,
    matched_lines,
    matched_series,
    numbered_grants,
)
from styr.reconciliation.core.parties import cvrs_of_grants
from styr.reconciliation.core.relations import CASE_EXTRACT, CASE_GRANT
from styr.reconciliation.core.stake import COMPARED

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

_LINKS: Final = ("unit_id", "citizen_id", "supplier_id", "grant_id")
_NAMES: Final = ("system_name", "source_id")
_DAY: Final = ibis.interval(days=1)
_NAME_OF: Final = tuple((system.value, system.danish) for system in CASE_SYSTEMS)
_OWN_STATUS: Final = {
    GrantStatus.DRAFT.value: "står her kun som kladde",
    GrantStatus.EXPECTED.value: "står her kun som forventet",
    GrantStatus.AWAITING.value: "venter her på godkendelse",
    GrantStatus.WITHDRAWN.value: "er trukket tilbage her",
}
_OTHER_CITIZEN: Final = "findes ikke her (samme nummer, anden borger)"
_OTHER_SECTION: Final = "findes ikke her (samme nummer, anden paragraf)"


def unknown_here(focus: Focus) -> ibis.Table:
    """Find grants of a case system that we have not promised. At stake: what its first service costs as it has it."""
    case = _named(focus(CASE_GRANT.table(), "case_grant_id"))
    new = case.anti_join(matched_grants(), ["system", "source_id"]).cross_join(horizon())
    until = new["ends"].fill_null(FAR)
    running = new.filter((until > new["first_day"]) & (new["starts"] < new["end_day"]))
    ranked = running.mutate(
        place=ibis.row_number().over(
            group_by=[running["system"], running["source_id"]], order_by=[running["line_no"], running["case_grant_id"]]
        ),
        services=running.count().over(group_by=[running["system"], running["source_id"]]),
    )
    first = ranked.filter(ranked["place"] == 0)
    status = GRANT.table().select("citizen_id", source_id="number", our_status="status")
    known = _with_namesakes(first.left_join(status, ["source_id", "citizen_id"]))
    missing = known["same_number"].cases((1, _OTHER_SECTION), (0, _OTHER_CITIZEN), else_="findes ikke her")
    word = known["our_status"].cases(*_OWN_STATUS.items(), else_=missing)
    rows = known.mutate(
        grant_id=ibis.null("uuid"),
        status_word=word,
        from_day=known["starts"],
        to_day=known["ends"].fill_null(FAR),
        services=known["services"].cast("int64"),
        **_theirs(known),
        our_service_id=ibis.null("uuid"),
    )
    return _findings(rows, ("section", "starts", "ends", "status_word", "services"))


def unknown_there(focus: Focus) -> ibis.Table:
    """Find grants of ours that ran when their section's extract was taken, and are in none. At stake: their cost."""
    extract = CASE_EXTRACT.table()
    held = extract.group_by("section").agg(extracted_on=extract["extracted_on"].max(), system=extract["system"].min())
    grants = focus(GRANT.table(), "grant_id").mutate(until=lambda row: row["ends"].fill_null(FAR))
    granted = grants.filter(grants["status"] == GrantStatus.GRANTED.value)
    covered = granted.join(held, "section")
    running = covered.filter(
        (covered["starts"] <= covered["extracted_on"]) & (covered["extracted_on"] < covered["until"])
    )
    lacking = running.anti_join(matched_grants(), "grant_id")
    named = lacking.mutate(system_name=_name_of(lacking["system"]), from_day="starts", to_day="until")
    return grant_findings(named, ("number", "section", "starts", "ends", "system_name", "extracted_on"))


def other_price(focus: Focus) -> ibis.Table:
    """Find services at another price. At stake: the difference on the days that our price holds."""
    both = _on_the_day(focus)
    rate = RATE.table().select("service_id", rate_from="valid_from", rate_to="valid_to", our_price="amount")
    priced = both.filter(both["amount"].notnull()).join(rate, "service_id")
    now = priced.filter((priced["rate_from"] <= priced["day"]) & (priced["day"] < priced["rate_to"].fill_null(FAR)))
    measured_alike = (now["unit"] == now["our_unit"]).fill_null(True)  # noqa: FBT003 - Ibis's own signature
    other = now.filter((now["amount"] != now["our_price"]) | ~measured_alike)
    rows = other.mutate(
        from_day=ibis.greatest(other["rate_from"], other["both_from"]),
        to_day=ibis.least(other["rate_to"].fill_null(FAR), other["both_to"]),
        their_price="amount",
        their_measure=other["unit"].fill_null(other["our_unit"]),
        our_measure="our_unit",
        price_from="rate_from",
        by_contract=other["contract_line_id"].notnull(),
        their_starts="their_from",
        their_ends="their_to",
        their_service="our_service",
        their_unit=other["unit"].fill_null(other["our_unit"]),
        their_per="our_per",
        their_quantity="our_quantity",
        their_calendar_id="calendar_id",
        our_service_id="service_id",
    )
    shown = ("number", "our_service", "their_measure", "our_price", "our_measure", "by_contract", "our_line", "day")
    return _findings(rows, shown, twice=("their_price",))


def other_quantity(focus: Focus) -> ibis.Table:
    """Find services in another quantity. At stake: the difference, at our price, from the day of the extract's year."""
    both = _on_the_day(focus)
    told = both.filter(both["quantity"].notnull())
    counted_alike = (told["per"] == told["our_per"]).fill_null(True)  # noqa: FBT003 - Ibis's own signature
    other = told.filter((told["quantity"] != told["our_quantity"]) | ~counted_alike)
    rows = other.mutate(
        from_day="both_from",
        to_day="both_to",
        their_count="quantity",
        their_per_word=_per_word(other["per"].fill_null(other["our_per"])),
        our_count="our_quantity",
        our_per_word=_per_word(other["our_per"]),
        our_measure="our_unit",
        their_starts="their_from",
        their_ends="their_to",
        their_service="our_service",
        their_unit="our_unit",
        their_per=other["per"].fill_null(other["our_per"]),
        their_quantity="quantity",
        their_price=ibis.null("decimal(14, 4)"),
        their_calendar_id="calendar_id",
        our_service_id="service_id",
    )
    shown = (
        "number",
        "our_service",
        "their_count",
        "their_per_word",
        "our_count",
        "our_per_word",
        "our_measure",
        "day",
    )
    return _findings(rows, shown)


def other_period(focus: Focus) -> ibis.Table:
    """Find services that begin or end on other days here. At stake: what the days cost that only one of us has."""
    both = _tied(focus)
    later_start = ibis.greatest(both["starts"], both["our_from"])
    earlier_end = ibis.least(both["ends"].fill_null(FAR), both["our_to"])
    later_end = ibis.greatest(both["ends"].fill_null(FAR), both["our_to"])
    span = both.mutate(later_start=later_start, earlier_end=earlier_end, later_end=later_end).cross_join(horizon())
    starts_apart = (span["starts"] != span["our_from"]) & (span["later_start"] > span["first_day"])
    ends_apart = (
        (span["ends"].fill_null(FAR) != span["our_to"])
        & (span["earlier_end"] < span["end_day"])
        & (span["later_end"] > span["first_day"])
    )
    other = span.filter(starts_apart | ends_apart)
    rows = other.mutate(
        from_day=ibis.least(other["starts"], other["our_from"]),
        to_day="later_end",
        our_starts="our_from",
        our_ends=_open(other["our_to"]),
        their_starts="starts",
        their_ends="ends",
        their_service="our_service",
        their_unit="our_unit",
        their_per="our_per",
        their_quantity="our_quantity",
        their_price=ibis.null("decimal(14, 4)"),
        their_calendar_id="calendar_id",
        our_service_id="service_id",
    )
    return _findings(
        rows, ("number", "our_service", "our_starts", "our_ends", "our_line"), twice=("their_starts", "their_ends")
    )


def other_supplier(focus: Focus) -> ibis.Table:
    """Find services with another supplier. At stake: what our grant costs on the days of both."""
    both = _tied(focus).filter(lambda row: row["cvr"].notnull())
    ours = cvrs_of_grants()
    known = both.join(ours, "grant_id")
    other = known.filter(known["cvr"] != known["our_cvr"].fill_null(""))
    rows = _only_ours(other.mutate(their_cvr="cvr"))
    return _findings(rows, ("number", "our_service", "their_cvr", "our_cvr"))


def other_account(focus: Focus) -> ibis.Table:
    """Find services on another account. At stake: what our grant costs on the days of both."""
    both = _tied(focus)
    apart = both["account_string"] != both["our_account"]
    other = both.filter(apart & both["account_string"].notnull() & both["our_account"].notnull())
    rows = _only_ours(other.mutate(their_account="account_string"))
    return _findings(rows, ("number", "our_service", "their_account", "our_account"))


def _tied(focus: Focus) -> ibis.Table:
    """The case system's services in focus with the line of ours that each was tied to, and our whole run of it."""
    case = _named(focus(CASE_GRANT.table(), "case_grant_id"))
    match = matched_lines().filter(lambda row: row["service_id"].notnull())
    line = SERVICE.table().select(
        "service_id", "contract_line_id", our_line="line_no", our_service="service", our_unit="unit", our_per="per",
        our_quantity="quantity", line_from="starts", line_to=SERVICE.table()["ends"].fill_null(FAR),
    )  # fmt: skip
    grant = GRANT.table().select("grant_id", "number", our_account="account_string")
    series = matched_series().join(SERVICE.table().select("service_id", "starts", "ends"), "service_id")
    run = series.group_by("case_grant_id").agg(
        our_from=series["starts"].min(), our_to=series["ends"].fill_null(FAR).max()
    )
    tied = case.join(match, "case_grant_id").join(line, "service_id").join(grant, "grant_id").join(run, "case_grant_id")
    return tied.mutate(
        both_from=ibis.greatest(tied["starts"], tied["our_from"]),
        both_to=ibis.least(tied["ends"].fill_null(FAR), tied["our_to"]),
        their_from="starts",
        their_to="ends",
    )


def _with_namesakes(case: ibis.Table) -> ibis.Table:
    """Add `same_number`: 1 where a grant of the same citizen has the number, 0 where only another's has, else null."""
    names = numbered_grants().select(source_id="name", holder="citizen_id").view()
    pairs = case.select("case_grant_id", "source_id", "citizen_id").view().join(names, "source_id")
    one, none = (ibis.literal(value, type="int64") for value in (1, 0))
    told = pairs.mutate(same=ibis.ifelse(pairs["citizen_id"] == pairs["holder"], one, none))
    return case.left_join(told.group_by("case_grant_id").agg(same_number=told["same"].max()), "case_grant_id")


def _on_the_day(focus: Focus) -> ibis.Table:
    """Those with a day in common, and `day`: the day of the extract, or the nearest that both have."""
    both = _tied(focus)
    at_once = both.filter(both["both_from"] < both["both_to"]).join(days_compared(), "system")
    first = ibis.greatest(at_once["line_from"], at_once["both_from"])
    last = (ibis.least(at_once["line_to"], at_once["both_to"]) - _DAY).cast("date")
    return at_once.mutate(day=ibis.greatest(first, ibis.least(at_once["extracted_on"], last)))


def _only_ours(rows: ibis.Table) -> ibis.Table:
    """Our cost alone is at stake: theirs is not priced."""
    nothing = {name: ibis.null(kind) for name, kind in COMPARED.columns.items() if name.startswith("their_")}
    return rows.filter(rows["both_from"] < rows["both_to"]).mutate(
        from_day="both_from", to_day="both_to", our_service_id="service_id", **nothing
    )


def _theirs(rows: ibis.Table) -> dict[str, Any]:
    """The service as the case system has it, with its own price."""
    priced = rows["amount"].notnull()
    return {
        "their_starts": rows["starts"],
        "their_ends": rows["ends"],
        "their_service": rows["service"],
        "their_unit": ibis.ifelse(priced, rows["unit"], ibis.null("string")),
        "their_per": rows["per"],
        "their_quantity": rows["quantity"],
        "their_price": rows["amount"],
        "their_calendar_id": rows["calendar_id"],
    }


def _findings(rows: ibis.Table, evidence: tuple[str, ...], *, twice: tuple[str, ...] = ()) -> ibis.Table:
    """One row a service of the case system: its links, what is shown, and what the stake asks."""
    asked = [name for name in COMPARED.columns if name != "subject_id"]
    shown = {f"case_{name.removeprefix('their_')}": rows[name] for name in twice}
    return rows.select(*_LINKS, *_NAMES, *evidence, *asked, subject_id="case_grant_id", **shown)


def _named(case: ibis.Table) -> ibis.Table:
    return case.mutate(system_name=_name_of(case["system"]))


def _name_of(system: Any) -> Any:
    return system.cases(*_NAME_OF, else_="fagsystemet")


def _per_word(per: Any) -> Any:
    return per.cases(("day", "dag"), ("week", "uge"), ("month", "måned"), else_="alt")


def _open(day: Any) -> Any:
    """Show an open end as null again."""
    return ibis.ifelse(day == FAR, ibis.null("date"), day)
