"""What happens at an age, as it holds in the municipality: the program's rules, and its own where it has them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.kernel.danish import danish_section
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow, in_force
from styr.ledger.dated_rules import RuleTable, hold_from, rewrite
from styr.planning.core.transitions import PENSION, PensionAge, Rule, default_pension_ages, default_rules
from styr.planning.models import OwnPensionAge, OwnTransition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

TRANSITIONS: Final = RuleTable("overgange", OwnTransition, ("from_section", "age"))
PENSION_AGES: Final = RuleTable("folkepensionsalder", OwnPensionAge, ("born_from",))
_YEAR: Final = 12
_TIED: Final = "\u00a0"
_OLDEST, _MOST_SHARE = 99, 300


class UnableToSetAgeRuleError(Refusal):
    """The rule cannot be set so; the message says why."""


def rules() -> tuple[Rule, ...]:
    """The transitions with the days they hold, the municipality's own in place of the program's; one query."""
    return tuple(
        Rule(
            from_section=row.initial["from_section"],
            age=row.initial["age"],
            to_section=row.initial["to_section"],
            share=row.initial["share"],
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
        )
        for row in in_force(reference_transitions(), own_transitions())
    )


def pension_ages() -> tuple[PensionAge, ...]:
    """The ages of pension by day of birth, the municipality's own in place of the program's; one query."""
    known = {row.valid_from: row.initial["months"] for row in (*reference_ages(), *own_ages())}
    return tuple(sorted(known.items()))


def set_transition(  # noqa: PLR0913 - a rule's parts, all by keyword
    *,
    municipality_id: UUID,
    from_section: str,
    age: str,
    to_section: str,
    share: int,
    source: str,
    starts: date,
    actor_id: UUID,
    now: datetime,
) -> UUID:
    """Let help go over so from a day on, and return the change. The same section both ways: nothing happens at the age.

    Raises:
        UnableToSetAgeRuleError: the age is neither years nor pension, or nobody says where the rule is from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if age != PENSION and not (age.isdecimal() and 0 < int(age) <= _OLDEST):
        raise UnableToSetAgeRuleError("Alderen er hele år, fx 18, eller folkepensionsalderen.")
    if not 0 <= share <= _MOST_SHARE:
        raise UnableToSetAgeRuleError(f"Andelen er fra 0 til {_MOST_SHARE} procent.")
    _sourced(source)
    return hold_from(
        TRANSITIONS,
        municipality_id=municipality_id,
        key={"from_section": from_section, "age": age},
        values={"to_section": to_section, "share": share, "source": source.strip()[:200]},
        day=starts,
        title=_title(from_section, age),
        actor_id=actor_id,
        now=now,
    )


def set_pension_age(  # noqa: PLR0913 - as above
    *, municipality_id: UUID, born_from: date, months: int, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let the age of pension be another for whoever is born from a day on, and return the change.

    Raises:
        UnableToSetAgeRuleError: it is no age, or nobody says where it is from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if not 600 <= months <= 1200:  # noqa: PLR2004 - the database's own bounds: 50 to 100 years
        raise UnableToSetAgeRuleError("Folkepensionsalderen ligger fra 50 til 100 år.")
    _sourced(source)
    row = {"born_from": born_from, "months": months, "source": source.strip()[:200]}
    return rewrite(
        PENSION_AGES,
        municipality_id=municipality_id,
        key={"born_from": born_from},
        rows=[row],
        title=f"Folkepensionsalder for født fra {born_from:%d-%m-%Y}",
        actor_id=actor_id,
        now=now,
    )


@cache
def reference_transitions() -> tuple[RuleRow, ...]:
    """The program's transitions."""
    return tuple(_transition_row(vars(rule), own=False) for rule in default_rules())


def own_transitions() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [_transition_row(told, own=True) for told in OwnTransition.objects.values()]


@cache
def reference_ages() -> tuple[RuleRow, ...]:
    """The program's ages of pension."""
    return tuple(_age_row(born, months, source, own=False) for born, months, source in default_pension_ages())


def own_ages() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [_age_row(row.born_from, row.months, row.source, own=True) for row in OwnPensionAge.objects.all()]


def _transition_row(told: Mapping[str, Any], *, own: bool) -> RuleRow:
    section, age, to = told["from_section"], told["age"], told["to_section"]
    becomes = "Fortsætter uændret" if to == section else danish_section(to) if to else "Ophører"
    return RuleRow(
        key=f"{section}|{age}",
        title=_title(section, age),
        says=(
            becomes.replace(" ", _TIED) if to else becomes,
            f"{told['share']}{_TIED}%" if to and to != section else "–",
        ),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        own=own,
        to_check=not own,
        source=told["source"],
        about={"from_section": section, "age": age},
        initial={"from_section": section, "age": age, "to_section": to, "share": told["share"]},
    )


def _age_row(born_from: date, months: int, source: str, *, own: bool) -> RuleRow:
    years, rest = divmod(months, _YEAR)
    return RuleRow(
        key=born_from.isoformat(),
        title=f"{years} år" + (f" og {rest} måneder" if rest else ""),
        says=(f"{months} måneder",),
        valid_from=born_from,
        valid_to=None,
        own=own,
        to_check=not own,
        source=source,
        about={"born_from": born_from},
        initial={"born_from": born_from, "months": months},
    )


def _title(section: str, age: str) -> str:
    return f"{danish_section(section)} ved " + ("folkepensionsalderen" if age == PENSION else f"{age} år")


def _sourced(source: str) -> None:
    if not source.strip():
        raise UnableToSetAgeRuleError("Skriv, hvor reglen er slået op, eller hvem der har besluttet den.")
