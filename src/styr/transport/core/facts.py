"""What must be known of a citizen's case before a criterion can be held against it; nothing here is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from styr.transport.core.distance import Road

HIGHEST_GRADE: Final = 10
MOST_TRIPS: Final = 10_000


@dataclass(frozen=True)
class Question:
    """Something that a person answers: yes, no or a number; unanswered is unknown."""

    text: str
    most: int | None = None
    """Where a number is asked for, the highest there is."""


QUESTIONS: Final[Mapping[str, Question]] = {
    "grade": Question("Klassetrin (0-10)", HIGHEST_GRADE),
    "trips": Question("Enkeltture kørt i år", MOST_TRIPS),
    "district_school": Question("Eleven går i distriktsskolen"),
    "referred": Question("Kommunen har selv henvist til stedet"),
    "dangerous": Question("Vejen er udpeget som trafikfarlig for klassetrinnet"),
    "ill": Question("Sygdom eller invaliditet er dokumenteret"),
    "pension": Question("Borgeren får social pension, der giver ret til kørsel"),
    "referral": Question("Borgeren er henvist af en læge"),
    "plan": Question("Der er en genoptræningsplan"),
    "public_transport": Question("Borgeren kan bruge offentlig transport eller komme frem selv"),
    "reduced": Question("Funktionsevnen er betydeligt nedsat"),
    "lasting": Question("Funktionsevnen er varigt nedsat"),
    "severe": Question("Borgeren er svært bevægelseshæmmet og bruger ganghjælpemiddel"),
    "blind": Question("Borgeren er blind eller stærkt svagsynet"),
    "enrolled": Question("Borgeren er visiteret til eller optaget i tilbuddet"),
    "decided": Question("Befordringen står i afgørelsen om indsatsen eller samværet"),
    "documented": Question("Merudgiften er dokumenteret"),
    "attended": Question("Der er fremmøde på de dage, der betales for"),
    "need": Question("Borgeren kan ikke selv betale"),
}
"""Key of a fact → what a person is asked. A fact is a bool, or a number where the question has a highest."""


class UnknownFactError(ValueError):
    """A fact that no question asks for, or an answer that is none."""


@dataclass(frozen=True)
class Facts:
    """What is known on the day that is asked about: the answers, and what the registers tell."""

    on: date
    answers: Mapping[str, bool | int] = field(default_factory=dict)
    age: int | None = None
    road: Road | None = None

    def yes(self, key: str) -> bool | None:
        """The answer to a question of yes and no; None where nobody answered."""
        answer = self.answers.get(key)
        return answer if isinstance(answer, bool) else None

    def number(self, key: str) -> int | None:
        """The answer to a question for a number; None where nobody answered."""
        answer = self.answers.get(key)
        return None if isinstance(answer, bool) else answer


def read_answers(told: Mapping[str, Any]) -> dict[str, bool | int]:
    """Check stored or posted answers.

    Raises:
        UnknownFactError: no such question, or an answer of another kind.
    """
    answers: dict[str, bool | int] = {}
    for key, answer in told.items():
        question = QUESTIONS.get(key)
        if question is None:
            raise UnknownFactError(key)
        if question.most is None:
            fits = isinstance(answer, bool)
        else:
            fits = isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= question.most
        if not fits:
            raise UnknownFactError(key)
        answers[key] = answer
    return answers


def age_on(born: date, day: date) -> int:
    """Whole years lived on a day; born on 29 February counts a year on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
