"""Which grant, and which of its services, a line is for; or that it cannot be told.

What a person chose for a line stands above every key. The waterfall: grant number, contract number, CPR number, name
and date of birth, name, date of birth; each first on the line, then on the head. The highest step that names a grant
decides. When it names several, they are told apart by the weaker keys, by the period and by service, unit and price; if
several are left the line is ambiguous, never guessed. A line without a key of its own follows the invoice's other lines
when these all name one grant. Whatever decided, a strong key that names somebody else contradicts it: see
`contradictions`.
"""

from functools import reduce
from operator import add
from typing import Final

import ibis

from styr.grants.core.relations import SERVICE
from styr.invoices.core.codes import Step
from styr.invoices.core.matching.candidates import CANDIDATE, has, known_without_grant, parties
from styr.invoices.core.matching.contradictions import contradicted_lines
from styr.invoices.core.matching.fit import known, services_of
from styr.invoices.core.relations import MANUAL_MATCH
from styr.kernel.exact import Column

_GRANTED: Final = ("granted", "stopped")
_FACTS: Final = ("service", "service_other", "unit", "unit_price", "net_ore")


def line_matches(line: ibis.Table) -> ibis.Table:
    """Match lines (rows of `rel_invoice_line`), whose candidates are staged; rows of `rel_line_match`, one a line."""
    candidate = CANDIDATE.table()
    only = candidate.filter(candidate.rivals == 1)
    single = only.join(line.select("invoice_line_id", "invoice_id"), "invoice_line_id").select(
        "invoice_line_id",
        "invoice_id",
        "grant_id",
        step=_step(_rung(only["keys"])),
        candidates=ibis.literal(1, "int64"),
    )
    first = _unique_first(_ranked(line))
    keyed = single.union(first.filter(first.ties == 1).select(single.columns), distinct=False)
    by_hand = _by_hand(line)
    alone = by_hand.union(keyed.anti_join(by_hand, "invoice_line_id"), distinct=False)
    rest = _following(line, first, alone)
    return _with_services(line, alone.drop("invoice_id").union(rest, distinct=False))


def _by_hand(line: ibis.Table) -> ibis.Table:
    """The grants that people chose: (invoice_line_id, invoice_id, grant_id, step, candidates)."""
    chosen = MANUAL_MATCH.table().select("invoice_line_id", "grant_id").filter(ibis._.grant_id.notnull())
    return chosen.join(line.select("invoice_line_id", "invoice_id"), "invoice_line_id").select(
        "invoice_line_id",
        "invoice_id",
        "grant_id",
        step=ibis.literal(Step.BY_HAND.value),
        candidates=ibis.literal(1, "int64"),
    )


def _ranked(line: ibis.Table) -> ibis.Table:
    """Candidates of lines that have several, with their rung and everything that orders them within a line."""
    candidate = CANDIDATE.table()
    several = candidate.filter(candidate.rivals > 1)
    pair = several.join(parties().drop("number"), "grant_id").join(
        line.select("invoice_line_id", "invoice_id", "period_start", "period_end", *_FACTS), "invoice_line_id"
    )
    pair = pair.rename(grant_from="starts", grant_to="ends").rename(starts="period_start", ends="period_end")
    best = _best_fit(pair)
    scored = pair.left_join(best, ["invoice_line_id", "grant_id"], rname="{name}_fit")
    return scored.mutate(
        rung=_rung(scored["keys"]),
        person=_person(scored["keys"]),
        away=_away(scored),
        fit=ibis.coalesce(scored.fit, 0),
        granted=ibis.ifelse(scored.status.isin(_GRANTED), 1, 0),
    )


def _best_fit(pair: ibis.Table) -> ibis.Table:
    scored = services_of(pair.select("invoice_line_id", "grant_id", "starts", "ends", *_FACTS))
    return scored.group_by("invoice_line_id", "grant_id").agg(fit=scored.fit.max())


_RUNGS: Final = (
    ("grant_line", Step.GRANT_NUMBER),
    ("grant_head", Step.GRANT_NUMBER),
    ("contract_line", Step.CONTRACT_NUMBER),
    ("contract_head", Step.CONTRACT_NUMBER),
    ("cpr_line", Step.CPR),
    ("cpr_head", Step.CPR),
)


def _rung(keys: Column) -> Column:
    named, born = _either(keys, "name"), _either(keys, "birth")
    steps = [(has(keys, flag), 100 - 10 * number) for number, (flag, _) in enumerate(_RUNGS)]
    return ibis.cases(*steps, (named & born, 30), (has(keys, "name_line"), 22), (named, 20), else_=10).cast("int32")


def _either(keys: Column, kind: str) -> Column:
    return has(keys, f"{kind}_line") | has(keys, f"{kind}_head")


def _step(rung: Column) -> Column:
    named = [(rung == 100 - 10 * number, step.value) for number, (_, step) in enumerate(_RUNGS)]
    weaker = [(rung == 30, Step.NAME_AND_BIRTH.value), (rung >= 20, Step.NAME.value)]  # noqa: PLR2004 -- the rungs above
    return ibis.cases(*named, *weaker, else_=Step.BIRTH.value)


def _person(keys: Column) -> Column:
    """How strongly the keys below the rung point at the same citizen."""
    weights = {"cpr_line": 32, "cpr_head": 16, "name_line": 8, "name_head": 4, "birth_line": 2, "birth_head": 1}
    points = (ibis.ifelse(has(keys, flag), weight, 0) for flag, weight in weights.items())
    return reduce(add, points).cast("int32")


def _away(pair: ibis.Table) -> Column:
    """Days between the line's period and the grant's; 0 when they share a day or the line has no period."""
    before = pair.grant_from.delta(pair.ends, unit="day") + 1
    after: Column = ibis.ifelse(pair.grant_to.isnull(), 0, pair.starts.delta(pair.grant_to, unit="day") + 1)
    return ibis.greatest(ibis.literal(0), before.fill_null(0), after.fill_null(0)).cast("int64")


def _unique_first(ranked: ibis.Table) -> ibis.Table:
    """The best candidates of each line with how many share the first place."""
    order = [
        ibis.desc(ranked.rung),
        ibis.desc(ranked.person),
        ibis.desc(ranked.granted),
        ranked.away,
        ibis.desc(ranked.fit),
    ]
    placed = ranked.mutate(place=ibis.rank().over(group_by=ranked.invoice_line_id, order_by=order))
    best = placed.filter(placed.place == 0)
    tied = best.grant_id.count().over(group_by=best.invoice_line_id).cast("int64")
    return best.select(
        "invoice_line_id",
        "invoice_id",
        "grant_id",
        step=_step(best.rung),
        candidates=tied,
        ties=tied,
    )


def _following(line: ibis.Table, first: ibis.Table, alone: ibis.Table) -> ibis.Table:
    """Lines that no key decides: the grant of the other lines when that is one of theirs, else ambiguous or nothing."""
    open_lines = line.anti_join(alone, "invoice_line_id").select("invoice_line_id", "invoice_id")
    anchor = alone.select("invoice_id", "grant_id").distinct()
    possible = open_lines.join(anchor, "invoice_id")
    tied = first.select("invoice_line_id", tied_grant="grant_id").filter(ibis._.tied_grant.notnull())
    has_keys = CANDIDATE.table().select("invoice_line_id")
    allowed = possible.semi_join(
        tied, [possible.invoice_line_id == tied.invoice_line_id, possible.grant_id == tied.tied_grant]
    )
    keyless = possible.anti_join(has_keys, "invoice_line_id")
    either = allowed.union(keyless, distinct=False)
    one = either.group_by(one_id="invoice_line_id").agg(grants=either.grant_id.count(), grant_id=_only(either.grant_id))
    counted = first.group_by(counted_id="invoice_line_id").agg(named=first.grant_id.count())
    registered = known_without_grant(open_lines).select(known_id="invoice_line_id")
    joined = (
        open_lines.left_join(one, [("invoice_line_id", "one_id")])
        .left_join(counted, [("invoice_line_id", "counted_id")])
        .left_join(registered, [("invoice_line_id", "known_id")])
    )
    sure = known(joined.grants == 1)
    named = joined.named.fill_null(0)
    return joined.select(
        "invoice_line_id",
        grant_id=ibis.ifelse(sure, joined.grant_id, ibis.null("uuid")),
        step=ibis.cases(
            (sure, Step.SAME_INVOICE.value),
            (named > 0, Step.AMBIGUOUS.value),
            (joined.known_id.notnull(), Step.NO_GRANT.value),
            else_=Step.NOTHING.value,
        ),
        candidates=ibis.ifelse(sure, ibis.literal(1, "int64"), named.cast("int64")),
    )


def _only(column: Column) -> Column:
    """The value of a group; read only where the group has one (PostgreSQL has no min of uuid)."""
    return column.cast("string").min().cast("uuid")


def _with_services(line: ibis.Table, chosen: ibis.Table) -> ibis.Table:
    """Choose the service of each line's grant that fits best; none when several fit alike.

    `fit` says how well it does; `doubtful` is a line whose text speaks of another service, or of none, and whose price
    is none of the service's: the comparison then believes in it only if the amount is the expected one.
    """
    facts = line.select("invoice_line_id", "invoice_id", *_FACTS, starts="period_start", ends="period_end")
    pair = facts.join(chosen.filter(chosen.grant_id.notnull()).select("invoice_line_id", "grant_id"), "invoice_line_id")
    service = _chosen_service(services_of(pair.drop("invoice_id")))
    contract = parties().select("contract_id", contracted_id="grant_id")
    strange = contradicted_lines(pair.select("invoice_line_id", "invoice_id", "grant_id"))
    by_hand = MANUAL_MATCH.table().select(hand_line="invoice_line_id", hand_service="service_id")
    joined = (
        chosen.join(facts.select("invoice_line_id", "invoice_id", "net_ore"), "invoice_line_id")
        .left_join(strange, [("invoice_line_id", "strange_id")])
        .left_join(service, [("invoice_line_id", "fitted_id")])
        .left_join(by_hand.filter(by_hand.hand_service.notnull()), [("invoice_line_id", "hand_line")])
        .left_join(contract, [("grant_id", "contracted_id")])
    )
    return joined.select(
        "invoice_line_id",
        "invoice_id",
        "grant_id",
        "contract_id",
        "step",
        "candidates",
        service_id=ibis.coalesce(joined.hand_service, joined.service_id),
        contradicted=joined.strange_id.notnull(),
        fit=joined.fit.fill_null(0).cast("int32"),
        doubtful=joined.hand_service.isnull() & known((joined.named == 0) & ~joined.priced & (joined.net_ore > 0)),
    )


def _chosen_service(scored: ibis.Table) -> ibis.Table:
    """(fitted_id, service_id, fit, named, priced): a grant's only service, else the one that fits best by itself."""
    offered = SERVICE.table()
    lone = offered.group_by(lone_id="grant_id").agg(services=offered.service_id.count())
    counted = scored.join(lone, [("grant_id", "lone_id")])
    kept = ("service_id", "fit", "named", "priced")
    only = counted.filter(counted.services == 1).select(*kept, fitted_id="invoice_line_id")
    several = counted.filter(counted.services > 1)
    by_fit = [ibis.desc(several.fit)]
    placed = several.mutate(place=ibis.rank().over(group_by=several.invoice_line_id, order_by=by_fit))
    best = placed.filter(placed.place == 0)
    tied = best.mutate(ties=best.service_id.count().over(group_by=best.invoice_line_id))
    return only.union(tied.filter(tied.ties == 1).select(*kept, fitted_id="invoice_line_id"), distinct=False)
