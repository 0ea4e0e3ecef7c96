"""What vehicles must be (krav til vogne), for our own purchases and for tenders: one list for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.transport.reference.load import shipped_requirements

if TYPE_CHECKING:
    from datetime import date

PURCHASE: Final = "køb"
TENDER: Final = "udbud"
BOTH: Final = "begge"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as it holds on a day.

    Attributes:
        code: "R01" …
        group: What it is about: safety, access, environment, data …
        title: In short.
        text: What is required.
        applies: `PURCHASE`, `TENDER` or `BOTH`.
        demanded: Whether it must be met; else it counts in the evaluation.
        proof: What shows that it is met.
        law: Where it comes from.
        check: Whether nobody has yet held it against the source in force.
        source: Where the text was taken from.
    """

    code: str
    group: str
    title: str
    text: str
    applies: str
    demanded: bool
    proof: str
    law: str
    check: bool
    source: str

    @property
    def level(self) -> str:
        """Say "skal" or "bør"."""
        return "skal" if self.demanded else "bør"


def requirements_on(day: date, *, use: str = "") -> tuple[Requirement, ...]:
    """The requirements that hold on a day, in their order; `use` is `PURCHASE` or `TENDER`, "" for all."""
    return tuple(
        Requirement(
            demanded=row["level"] == "skal",
            **{
                name: row[name]
                for name in ("code", "group", "title", "text", "applies", "proof", "law", "check", "source")
            },
        )
        for row in shipped_requirements()
        if row["valid_from"] <= day
        and (row["valid_to"] is None or day < row["valid_to"])
        and (not use or row["applies"] in {use, BOTH})
    )
