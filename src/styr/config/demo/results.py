"""The example's negotiations: prices that came down, one that the supplier does not follow, others under way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection
from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.agreements.assuring import mark_assured
from styr.controls.services import run_controls
from styr.grants.acting import Actor
from styr.kernel.danish import kroner
from styr.kernel.period import Period
from styr.kernel.refusal import Refusal
from styr.negotiations import cases, letters, meeting, past, reading, texting
from styr.negotiations.core.codes import ArgumentOutcome, EntryKind, Measure, Reason, SavingKind
from styr.negotiations.core.potential.ranking import Candidate
from styr.negotiations.core.potential.telling import KIND, NEXT
from styr.negotiations.core.rules import WantedSaving
from styr.negotiations.potential import potential_page, stand
from styr.negotiations.preparing import prepare
from styr.negotiations.queries import past_results
from styr.negotiations.saving import verify_savings

_FALLEN: Final = """
SELECT g.grant_id, s.service_id, s.contract_line_id, old.amount, new.amount, new.valid_from, new.valid_to
FROM rel_contract_rate new
JOIN rel_contract_rate old ON old.contract_line_id = new.contract_line_id AND old.valid_to = new.valid_from
JOIN rel_service s ON s.contract_line_id = new.contract_line_id AND s.starts < new.valid_from
     AND (s.ends IS NULL OR s.ends > new.valid_from)
JOIN rel_grant g ON g.grant_id = s.grant_id AND g.status = 'granted' AND g.starts < new.valid_from
     AND (g.ends IS NULL OR g.ends > new.valid_from)
WHERE new.amount < old.amount AND new.valid_from > %(first)s AND new.valid_from <= %(today)s
ORDER BY (old.amount - new.amount) * CASE s.unit WHEN 'day' THEN 365 WHEN 'month' THEN 12 ELSE 52 END DESC, g.number
"""
_BILLED: Final = """
SELECT g.grant_id, s.service_id, r.amount FROM rel_claim c JOIN rel_service s ON s.service_id = c.service_id
JOIN rel_grant g ON g.grant_id = s.grant_id AND g.status = 'granted' AND (g.ends IS NULL OR g.ends > %(today)s)
JOIN rel_contract k ON k.contract_id = g.contract_id AND k.status = 'signed' AND (k.ends IS NULL OR k.ends > %(today)s)
JOIN rel_invoice i ON i.invoice_id = c.invoice_id AND i.status IN ('ready', 'approved', 'paid')
JOIN rel_rate r ON r.service_id = s.service_id AND r.valid_from <= %(since)s
     AND (r.valid_to IS NULL OR r.valid_to > %(today)s)
WHERE c.period_start >= %(since)s AND c.quantity > 1 AND s.contract_line_id IS NOT NULL
  AND (s.ends IS NULL OR s.ends > %(today)s) AND s.starts < %(since)s
GROUP BY g.grant_id, s.service_id, r.amount HAVING count(*) >= 2 ORDER BY sum(c.claimed_ore) DESC, 1
"""
_SEEDS: Final = """art,virkning,beløb
special_rate,Forhandling af særtakster,2600000
relocation,Flytning af borgere til mere relevante tilbud,2400000
rate_reduction,Takstnedsættelser,1000000
total,I alt (121 kontrakter okt. 2018 – dec. 2019),6586218"""
_MONTH: Final = timedelta(days=30)
_MOST: Final = 12


@dataclass(frozen=True)
class _Table:
    """Who negotiates, and when now is."""

    municipality_id: UUID
    mads: UUID
    today: date

    def on(self, day: date) -> Actor:
        """Mads on a day at ten."""
        return Actor(self.mads, day, datetime.combine(day, time(10), tzinfo=UTC))


def negotiate(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Carry them out where nobody has negotiated yet; doing it twice changes nothing."""
    with console.status("Forhandler med leverandører"), service_scope(municipality_id, "demo"):
        prepare(municipality_id=municipality_id, today=today, now=now)
        able = colleagues_who(Permission.NEGOTIATE, unit_id=None, on=today)
        mads = next((one.id for one in able if one.name.startswith("Mads")), None)
        if mads is None or reading.negotiations(status=None) or past_results():
            return
        table = _Table(municipality_id, mads, today)
        period = Period(date(2018, 10, 1), date(2020, 1, 1))
        past.register_past(
            municipality_id=municipality_id, results=past.read_results(_SEEDS), period=period,
            source="Resultater af kontraktforhandling, 2018-2019", actor=table.on(today),
        )  # fmt: skip
        _fallen(table)
        _leaking(table)
        _from_potential(table)
        verify_savings(today=today)
        run_controls(municipality_id=municipality_id, today=today, now=now, codes=["saving_leaks"])


def _fallen(table: _Table) -> None:
    """The registers have prices that came down: each was a negotiation, with offers, an argument and an agreement."""
    done: set[UUID] = set()
    for grant_id, line_id, contract_line, before, after, starts, until in _asked(_FALLEN, table, 330):
        if len(done) == _MOST:
            return
        if contract_line in done:
            continue
        opened = starts - 3 * _MONTH
        kind = SavingKind.RATE_REDUCTION
        try:
            case = _open(table, grant_id, kind, Reason.PRICE_PEERS, opened, _goal(before))
            _talk(table, case, opened, (after * Decimal("0.96"), (before + after) / 2))
            cases.agree(
                negotiation_id=case, agreed_on=starts - timedelta(days=20), actor=table.on(starts - timedelta(days=20)),
                wanted=_saving(kind, grant_id, line_id, (before, after), starts, until, case),
            )  # fmt: skip
        except Refusal:
            continue
        _judge(table, case, ArgumentOutcome.WON if len(done) % 3 else ArgumentOutcome.PARTLY)
        _assure(table, case)
        done.add(contract_line)


def _leaking(table: _Table) -> None:
    """A lower price was agreed two months ago in a supplement that nobody has signed: the old one is billed."""
    starts = (table.today.replace(day=1) - timedelta(days=70)).replace(day=1)
    made = 0
    for grant_id, line_id, price in _asked(_BILLED, table, (table.today - starts).days):
        opened = starts - 2 * _MONTH
        agreed = (price * Decimal("0.94")).quantize(Decimal(1))
        kind = SavingKind.RATE_REDUCTION
        try:
            case = _open(table, grant_id, kind, Reason.PRICE_PEERS, opened, _goal(price))
            _talk(table, case, opened, (agreed * Decimal("0.97"), price))
            cases.agree(
                negotiation_id=case, agreed_on=starts - timedelta(days=12), by_text=True,
                wanted=_saving(kind, grant_id, line_id, (price, agreed), starts, None, case),
                actor=table.on(starts - timedelta(days=12)),
            )  # fmt: skip
        except Refusal:
            continue
        _judge(table, case, ArgumentOutcome.PARTLY)
        if not made:
            _supplement(table, case)
        made += 1
        if made == 2:  # noqa: PLR2004 - two of them show it
            return


def _from_potential(table: _Table) -> None:
    """The largest of the list are under way, one is agreed from the next month, one came to nothing."""
    standing = stand(today=table.today)
    if standing is None:
        return
    opened: list[tuple[UUID, Candidate]] = []
    for one in potential_page(standing, size=40).candidates:
        if len(opened) == 6:  # noqa: PLR2004 - enough to fill a list
            break
        first = one.first
        try:
            case = _open(
                table, first.grant_id, KIND[first.reason], first.reason, table.today - _MONTH,
                NEXT[first.reason], (one.low_ore, one.likely_ore, one.high_ore),
            )  # fmt: skip
        except Refusal:
            continue
        opened.append((case, one))
    for case, _ in opened[:3]:
        _talk(table, case, table.today - _MONTH, (None, None))
        _write(table, case)
    for case, one in opened[3:5]:
        _taper(table, case, one)
    for case, _ in opened[5:6]:
        cases.give_up(negotiation_id=case, because="Leverandøren dokumenterede timerne.", actor=table.on(table.today))
        _judge(table, case, ArgumentOutcome.LOST)


def _open(  # noqa: PLR0913, PLR0917 - a case's facts
    table: _Table, grant_id: UUID, kind: SavingKind, reason: Reason, day: date, goal: str,
    amounts: tuple[int | None, int | None, int | None] = (None, None, None),
) -> UUID:  # fmt: skip
    wanted = cases.WantedCase(
        grant_id=grant_id, kind=kind, title=reason.danish.capitalize(), goal=goal,
        walk_away="Intet, der er dårligere for os end aftalen i dag.", amounts=amounts,
    )  # fmt: skip
    made = cases.open_negotiation(wanted=wanted, actor=table.on(day))
    words = next(one.words for one in reading.templates(reason)) if reading.templates(reason) else NEXT[reason]
    cases.argue(negotiation_id=made, reason=reason, words=words, evidence="Se potentialet.", actor=table.on(day))
    return made


def _goal(price: Decimal) -> str:
    return f"En pris nærmere medianen end {kroner(int(price * 100))}"


def _talk(table: _Table, case: UUID, opened: date, prices: tuple[Decimal | None, Decimal | None]) -> None:
    ours, theirs = prices
    for days, kind, amount, words in (
        (10, EntryKind.OFFER, ours, "Vores forslag, sendt med begrundelse."),
        (18, EntryKind.COUNTER, theirs, "Leverandøren mener, at bemandingen er øget."),
        (25, EntryKind.MEETING, None, "Gennemgang af timer og bemanding."),
    ):
        day = opened + timedelta(days=days)
        rounded = None if amount is None else amount.quantize(Decimal(1))
        cases.write_entry(
            negotiation_id=case, kind=kind, happened_on=day, words=words, amount=rounded, actor=table.on(day)
        )


def _write(table: _Table, case: UUID) -> None:
    """A letter that went out, and a meeting that lies ahead."""
    actor = table.on(table.today)
    card = reading.negotiation(case, actor_id=table.mads, today=table.today)
    draft = letters.proposed_letter(card, code="opening", today=table.today)
    letter = letters.keep_letter(negotiation_id=case, code="opening", draft=draft, actor=actor)
    day = table.today - timedelta(days=20)
    letters.note_sent(
        negotiation_id=case, letter_id=letter, sent_to="Leverandørens kontor, sikker post", sent_on=day, actor=actor
    )
    try:
        meeting.call_meeting(
            negotiation_id=case, held_on=table.today + timedelta(days=9), participants="Mads Overgaard, leverandøren",
            agenda=meeting.proposed_agenda(card), actor=actor,
        )  # fmt: skip
    except Refusal:
        return


def _taper(table: _Table, case: UUID, one: Candidate) -> None:
    """What the list shows is agreed away from the first of the next month."""
    first = one.first
    starts = (table.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    agreed = (first.price * Decimal("0.75")).quantize(Decimal(1))
    wanted = _saving(KIND[first.reason], first.grant_id, first.service_id, (first.price, agreed), starts, None, case)
    if KIND[first.reason] not in (SavingKind.SPECIAL_RATE, SavingKind.RATE_REDUCTION, SavingKind.NOT_DELIVERED):
        return
    try:
        cases.agree(
            negotiation_id=case, wanted=wanted, agreed_on=table.today, actor=table.on(table.today), by_text=True
        )
    except Refusal:
        return
    _judge(table, case, ArgumentOutcome.WON)


def _saving(  # noqa: PLR0913, PLR0917 - a saving's facts
    kind: SavingKind, grant_id: UUID, line_id: UUID, prices: tuple[Decimal, Decimal], starts: date, until: date | None,
    case: UUID,
) -> WantedSaving:  # fmt: skip
    return WantedSaving(
        kind=kind, measure=Measure.PRICE, grant_id=grant_id, service_line_id=line_id, baseline=prices[0],
        agreed=prices[1], starts=starts, until=until, evidence="Aftalebrev og referat af mødet.", negotiation_id=case,
    )  # fmt: skip


def _judge(table: _Table, case: UUID, outcome: ArgumentOutcome) -> None:
    card = reading.negotiation(case, actor_id=table.mads, today=table.today)
    for one in card.arguments:
        cases.judge_argument(negotiation_id=case, argument_id=one.id, outcome=outcome, actor=table.on(table.today))


def _assure(table: _Table, case: UUID) -> None:
    """The contract was gone through when it was negotiated."""
    card = reading.negotiation(case, actor_id=table.mads, today=table.today)
    if card.contract_id is not None:
        mark_assured(
            municipality_id=table.municipality_id, contract_id=card.contract_id, source="Gennemgået ved forhandlingen",
            actor_id=table.mads, now=table.on(table.today).now,
        )  # fmt: skip


def _supplement(table: _Table, case: UUID) -> None:
    try:
        texting.draft_supplement(negotiation_id=case, page="/forhandling/", actor=table.on(table.today))
    except Refusal:
        return


def _asked(text: str, table: _Table, days: int) -> list[tuple[Any, ...]]:
    since = table.today - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(text, {"today": table.today, "since": since, "first": since})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
