"""What a perfect reader of an invoice would say about it: the row of the answer key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(slots=True)
class Truth:
    """``must``: every one of these codes. ``one_of``: at least one. ``may``: no harm. The same for hard stops.

    ``touchless`` is yes, no or either; ``expected`` the amount that is right (None: none can be told).
    """

    must: set[str] = field(default_factory=set)
    one_of: set[str] = field(default_factory=set)
    may: set[str] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)
    hard_may: set[str] = field(default_factory=set)
    touchless: str = "yes"
    expected: Decimal | None = None
    story: str = ""
    """What was planted, in words for a person."""

    def refuse(self, story: str, *, must: str = "", one_of: str = "", may: str = "", hard: str = "") -> None:
        """Add codes (words divided by blanks); the invoice may then not be approved without a person.

        A hard stop that ends with a question mark may be raised but need not.
        """
        self.must |= set(must.split())
        self.one_of |= set(one_of.split())
        self.may |= set(may.split())
        for stop in hard.split():
            (self.hard_may if stop.endswith("?") else self.hard).add(stop.rstrip("?"))
        self.touchless = "no"
        self.story = f"{self.story}; {story}" if self.story else story

    def excuse(self, story: str, *, may: str = "", hard_may: str = "") -> None:
        """Both an approval and these codes are right answers."""
        self.may |= set(may.split())
        self.hard_may |= set(hard_may.split())
        if self.touchless == "yes":
            self.touchless = "either"
        self.story = f"{self.story}; {story}" if self.story else story
