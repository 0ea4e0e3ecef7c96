"""Findings about what an invoice asks for: one row a claim, with what was asked for and what was expected.

A claim's verdict is one cause; these expressions only pick the claims of a verdict and add what explains it.
"""

from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT, NOTICE
from styr.controls.core.focus import Focus
from styr.grants.core.relations import GRANT, SERVICE, STOP
from styr.invoices.core.approval import unexplained_lines
from styr.invoices.core.codes import Step, Verdict
from styr.invoices.core.comparison.claims import FAR
from styr.invoices.core.matching.candidates import parties
from styr.invoices.core.matching.merged import before_merger, with_mergers
from styr.invoices.core.relations import CLAIM, INVOICE, LINE_MATCH, PAYER, SETTLED_INVOICE
from styr.kernel.exact import Column
from styr.kernel.units import Unit
from styr.people.core.relations import CITIZEN

_LINKS = ("citizen_id", "supplier_id", "grant_id", "contract_id", "invoice_id")
_ABOUT_GRANTS: Final = frozenset({Verdict.NO_GRANT, Verdict.EXTRA})


def with_verdict(focus: Focus, *verdicts: Verdict) -> ibis.Table:
    """Claims of these verdicts with their amounts, prices, period, invoice and grant."""
    seen = claims_seen(focus)
    if not _ABOUT_GRANTS.isdisjoint(verdicts):
        seen = _without_settled(seen)
    return claim_rows(seen.filter(seen.verdict.isin([verdict.value for verdict in verdicts])))


def at_price(focus: Focus, verdict: Verdict, *, changing: bool) -> ibis.Table:
    """Claims with a wrong price, with one agreed price in the period, or (`changing`) with several."""
    seen = claims_seen(focus)
    several = seen.expected_price.isnull()
    return claim_rows(seen.filter((seen.verdict == verdict.value) & (several if changing else ~several)))


def unclear(focus: Focus) -> ibis.Table:
    """Claims whose citizen is not known for certain, with why."""
    seen = _without_settled(claims_seen(focus))
    unclear_ones = seen.filter(seen.verdict == Verdict.UNCLEAR.value)
    match = LINE_MATCH.table().select("step", "candidates", "contradicted", line_id="invoice_line_id")
    joined = unclear_ones.join(match, [("claim_id", "line_id")])
    many = ibis.literal("oplysningerne på fakturaen passer på ") + joined.candidates.cast("string") + " bevillinger"
    why = ibis.cases(
        (
            joined.contradicted,
            "oplysningerne på fakturaen peger på forskellige borgere eller på en borger, vi ikke kender",
        ),
        (joined.step == Step.AMBIGUOUS.value, many),
        else_="ingen oplysning på fakturaen findes i registrene",
    )
    return claim_rows(joined.mutate(why=why), "why", "candidates")


def outside(focus: Focus) -> ibis.Table:
    """Claims for days outside the grant's period, where the citizen is still there and the grant not simply over."""
    seen = _beyond(focus)
    return claim_rows(seen.filter(~seen.gone & ~seen.after_end), "grant_starts", "grant_ends")


def after_grant(focus: Focus) -> ibis.Table:
    """Claims that lie wholly after the end of the grant."""
    seen = _beyond(focus)
    return claim_rows(seen.filter(~seen.gone & seen.after_end), "grant_starts", "grant_ends")


def after_leaving(focus: Focus) -> ibis.Table:
    """Claims for days after the citizen died or moved away."""
    seen = _beyond(focus, all_verdicts=True)
    why = ibis.ifelse(seen.by_death, "er død", "er fraflyttet")
    return claim_rows(seen.filter(seen.gone).mutate(why=why, gone_last=seen.gone_from), "why", "gone_last")


def beyond_notice(focus: Focus) -> ibis.Table:
    """Claims for days after the notice that was given has run out."""
    seen = claims_seen(focus)
    notice = NOTICE.table().select(of="contract_id", given_on="given_on", notice_last="last_day")
    known = seen.filter(seen.verdict != Verdict.UNCLEAR.value).join(notice, [("contract_id", "of")])
    return claim_rows(
        known.filter(known.period_end > known.notice_last + ibis.interval(days=1)), "given_on", "notice_last"
    )


def without_contract(focus: Focus) -> ibis.Table:
    """Claims on a grant without a contract, after or before its contract, or on a contract without a price."""
    seen = _without_settled(claims_seen(focus))
    granted = seen.filter(seen.grant_id.notnull() & (seen.verdict != Verdict.UNCLEAR.value))
    contract = CONTRACT.table().select(of="contract_id", contract_starts="starts", contract_ends="ends")
    joined = granted.left_join(contract, [("contract_id", "of")])
    missing = joined.contract_id.isnull()
    over = joined.of.notnull() & (
        (joined.period_end > joined.contract_ends.fill_null(FAR)) | (joined.period_start < joined.contract_starts)
    )
    unpriced = joined.verdict == Verdict.NO_PRICE.value
    why = ibis.cases(
        (missing, "bevillingen har ingen kontrakt"),
        (_no(over), "kontrakten gælder ikke i hele perioden"),
        else_="kontrakten har ingen pris for ydelsen",
    )
    return claim_rows(joined.filter(missing | _no(over) | unpriced).mutate(why=why), "why")


def unsigned_contract(focus: Focus) -> ibis.Table:
    """Claims on a contract that nobody has signed."""
    seen = claims_seen(focus)
    contract = CONTRACT.table()
    unsigned = contract.filter(contract.status.isin(["draft", "sent"])).select(
        of="contract_id", contract_number="number"
    )
    known = seen.filter(seen.verdict != Verdict.UNCLEAR.value)
    return claim_rows(known.join(unsigned, [("contract_id", "of")]), "contract_number")


def not_party(focus: Focus) -> ibis.Table:
    """Claims from a supplier other than the one that the grant is delivered by, or that its contract is with.

    Before a merger that was the absorbed supplier; for days after it its claims are told as such.
    """
    seen = claims_seen(focus)
    contract = CONTRACT.table().select(of="contract_id", contracted_id="supplier_id")
    joined = seen.left_join(contract, [("contract_id", "of")])
    joined = joined.mutate(with_id=ibis.coalesce(joined.party_id, joined.contracted_id))
    joined = with_mergers(joined, "supplier_id", "with_id")
    stranger = [
        _no(party.notnull() & (joined.supplier_id.isnull() | (joined.supplier_id != party)))
        for party in (joined.party_id, joined.contracted_id)
    ]
    late = (stranger[0] | stranger[1]) & ~before_merger(joined, joined.period_start)
    why = ibis.ifelse(
        joined.merged_from.isnull(), "er ikke den, bevillingen leveres af", "er ophørt ved en fusion før perioden"
    )
    return claim_rows(joined.filter(late).mutate(why=why), "supplier_cvr", "why")


def unsure(focus: Focus) -> ibis.Table:
    """Claims with nothing else to say of them, with a line that no sure key ties to a service on a signed contract."""
    seen = _without_settled(claims_seen(focus))
    calm = seen.filter(seen.verdict == Verdict.AS_EXPECTED.value)
    lines = unexplained_lines().select("invoice_line_id")
    contract = CONTRACT.table()
    unsigned = contract.filter(contract.status.isin(["draft", "sent"])).select(of="contract_id")
    others = calm.filter(calm.contract_id.notnull() | calm.grant_id.isnull()).anti_join(
        unsigned, [("contract_id", "of")]
    )
    first = others.semi_join(lines, [("claim_id", "invoice_line_id")])
    # A line that stands with others of its service in one claim is told of by that claim.
    match = LINE_MATCH.table().select("invoice_line_id", "invoice_id", "service_id")
    within = match.semi_join(lines, "invoice_line_id").anti_join(CLAIM.table(), [("invoice_line_id", "claim_id")])
    holding = others.semi_join(within, ["invoice_id", "service_id"]).anti_join(first, "claim_id")
    return claim_rows(first.union(holding, distinct=False))


def duplicates(focus: Focus, *, already_paid: bool) -> ibis.Table:
    """Claims for days that another invoice asks for already, which is paid (or approved) or not."""
    seen = claims_seen(focus)
    twice = seen.filter((seen.verdict == Verdict.DUPLICATE.value) & (seen.already_paid == already_paid))
    other = INVOICE.table().select(first_id="invoice_id", other_number="number", other_issued="issue_date")
    return claim_rows(twice.left_join(other, [("other_invoice_id", "first_id")]), "other_number", "other_issued")


def paid_by_another(focus: Focus) -> ibis.Table:
    """Claims for citizens whom another municipality pays for."""
    seen = claims_seen(focus)
    ours = PAYER.table()
    known = ours.select(code="code").union(ours.select(code="name"), distinct=True)
    citizen = CITIZEN.table().select(who="citizen_id", paying="paying_municipality")
    joined = seen.join(citizen, [("citizen_id", "who")])
    stated = joined.filter(joined.paying.notnull() & (joined.paying != ""))
    return claim_rows(stated.anti_join(known, [("paying", "code")]), "paying")


def claims_seen(focus: Focus) -> ibis.Table:
    """Claims with their invoice, grant and service."""
    claim = focus(CLAIM.table(), "claim_id")
    invoice = INVOICE.table().select(
        "invoice_id",
        "supplier_id",
        "supplier_cvr",
        invoice_number="number",
        issued="issue_date",
        invoice_unit="unit_id",
    )
    grant = parties().select(
        granted_id="grant_id",
        grant_number="number",
        citizen_id="citizen_id",
        contract_id="contract_id",
        party_id="party_id",
        grant_starts="starts",
        grant_ends="ends",
    )
    unit = GRANT.table().select(unit_of="grant_id", grant_unit="unit_id")
    service = SERVICE.table().select(service_of="service_id", service="service", measure="unit")
    return (
        claim.join(invoice, "invoice_id")
        .left_join(grant, [("grant_id", "granted_id")])
        .left_join(unit, [("grant_id", "unit_of")])
        .left_join(service, [("service_id", "service_of")])
    )


def _without_settled(seen: ibis.Table) -> ibis.Table:
    """Leave out what a settlement explains: its rows are held against grants one by one, and their sum against it."""
    settled = SETTLED_INVOICE.table().select(explained_id="invoice_id")
    return seen.anti_join(settled, [("invoice_id", "explained_id")])


def _beyond(focus: Focus, *, all_verdicts: bool = False) -> ibis.Table:
    seen = claims_seen(focus)
    wanted = seen.verdict != Verdict.AS_EXPECTED.value if all_verdicts else seen.verdict == Verdict.OUTSIDE.value
    stop = STOP.table()
    days = stop.group_by("grant_id").agg(
        died=stop.unpaid_from.min(where=stop.reason == "death"), moved=stop.unpaid_from.min(where=stop.reason == "move")
    )
    died, moved = days.died.fill_null(FAR), days.moved.fill_null(FAR)
    left = days.select(stopped_id="grant_id", gone_from=ibis.least(died, moved), by_death=died <= moved)
    joined = seen.filter(wanted & (seen.verdict != Verdict.UNCLEAR.value)).left_join(left, [("grant_id", "stopped_id")])
    gone_from = joined.gone_from.fill_null(FAR)
    ends = joined.grant_ends.fill_null(FAR)
    return joined.mutate(
        gone=(joined.period_end > gone_from) & (gone_from < ends), after_end=joined.period_start >= ends
    )


def claim_rows(seen: ibis.Table, *evidence: str) -> ibis.Table:
    """The columns of a finding about a claim, with the named evidence besides."""
    return seen.select(
        *_LINKS,
        *evidence,
        "invoice_number",
        "issued",
        "grant_number",
        "service",
        "measure",
        "period_start",
        "period_end",
        "quantity",
        "expected_quantity",
        "expected_price",
        "claimed_ore",
        "expected_ore",
        "absent_days",
        subject_id="claim_id",
        asked_in=_counted_in(seen.measure, seen.quantity),
        expected_in=_counted_in(seen.measure, seen.expected_quantity),
        unit_id=ibis.coalesce(seen.grant_unit, seen.invoice_unit),
        amount_ore=ibis.ifelse(seen.verdict == Verdict.AS_EXPECTED.value, seen.claimed_ore, seen.difference_ore).cast(
            "int64"
        ),
        price=seen.highest_price,
        low_price=seen.lowest_price,
    )


_WORDS: Final = {
    Unit.DAY: ("døgn", "døgn"),
    Unit.OPENING_DAY: ("åbningsdag", "åbningsdage"),
    Unit.HOUR: ("time", "timer"),
    Unit.WEEK: ("uge", "uger"),
    Unit.MONTH: ("måned", "måneder"),
    Unit.ONCE: ("gang", "gange"),
    Unit.TRIP: ("tur", "ture"),
    Unit.KM: ("km", "km"),
}


def _counted_in(measure: Column, quantity: Column) -> Column:
    """The unit's Danish word as it stands after the quantity."""
    one = (quantity.abs() == 1).fill_null(ibis.literal(value=False))
    words = [(measure == unit.value, ibis.ifelse(one, single, many)) for unit, (single, many) in _WORDS.items()]
    return ibis.cases(*words, else_="stk.")


def _no(condition: Column) -> Column:
    return condition.fill_null(ibis.literal(value=False))
