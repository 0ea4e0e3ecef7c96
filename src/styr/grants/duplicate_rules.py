"""The municipality's rules on grants at the same time: its own stand instead of those that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from styr.grants.core.codes import Verdict
from styr.grants.models import DefaultDuplicateRule, DuplicateRule
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


class UnableToSetRuleError(Refusal):
    """The rule cannot be set so; the message says why."""


@dataclass(frozen=True)
class RuleLine:
    """A rule of two sections in [valid_from, valid_to); `id` is None for one that comes with the program.

    `replaced` are those of the program that a rule of the municipality's stands instead of.
    """

    id: UUID | None
    section_a: str
    section_b: str
    verdict: Verdict
    valid_from: date
    valid_to: date | None
    note: str
    replaced: bool


def duplicate_rules() -> tuple[RuleLine, ...]:
    """Return every rule, by its sections, the latest first, past ones too. Two queries."""
    own = list(DuplicateRule.objects.order_by("section_a", "section_b", "-valid_from"))
    pairs = {(row.section_a, row.section_b) for row in own}
    lines = [_line(row, row.id, replaced=False) for row in own]
    lines += [
        _line(row, None, replaced=(row.section_a, row.section_b) in pairs)
        for row in DefaultDuplicateRule.objects.order_by("section_a", "section_b", "-valid_from")
    ]
    return tuple(sorted(lines, key=lambda line: (line.section_a, line.section_b, line.id is None)))


@transaction.atomic
def set_duplicate_rule(  # noqa: PLR0913 - a rule's parts, all by keyword
    *, municipality_id: UUID, sections: tuple[str, str], verdict: Verdict, starts: date, note: str, today: date
) -> UUID:
    """Let a rule of the municipality's hold for two sections from a day on; what held before ends there and is kept.

    Raises:
        UnableToSetRuleError: the day has passed, the sections are no sections, or no reason is given.
    """
    if starts < today:
        raise UnableToSetRuleError("En regel kan ikke ændres for en dag, der er gået.")
    if not note.strip():
        raise UnableToSetRuleError("Skriv, hvorfor reglen ændres.")
    first, second = sorted(sections)
    of_pair = DuplicateRule.objects.filter(municipality_id=municipality_id, section_a=first, section_b=second)
    of_pair.filter(valid_from__gte=starts).delete()
    of_pair.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=starts)).update(valid_to=starts)
    try:
        with transaction.atomic():
            made = DuplicateRule.objects.create(
                municipality_id=municipality_id,
                section_a=first,
                section_b=second,
                verdict=verdict.value,
                valid_from=starts,
                note=note.strip(),
            )
    except IntegrityError as error:
        raise UnableToSetRuleError("Reglen kan ikke sættes for de to paragraffer.") from error
    return made.id


def _line(row: DuplicateRule | DefaultDuplicateRule, rule_id: UUID | None, *, replaced: bool) -> RuleLine:
    return RuleLine(
        rule_id, row.section_a, row.section_b, Verdict(row.verdict), row.valid_from, row.valid_to, row.note, replaced
    )
