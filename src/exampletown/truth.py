"""What a perfect reader of an invoice would say about it: the row of the answer key."""

from __future__ import annotations

from dataclasses import dataclass, field
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

    def refuse(
        self, story: str, *, must: str = "", one_of: str = "", may: str = "", hard: str = "", hard_may: str = ""
    ) -> None:
        """Add codes (words separated by blanks); the invoice may then not be approved without a person."""
        self.must |= set(must.split())
        self.one_of |= set(one_of.split())
        self.may |= set(may.split())
        self.hard |= set(hard.split())
        self.hard_may |= set(hard_may.split())
        self.touchless = "no"
        self.story = f"{self.story}; {story}" if self.story else story

    def excuse(self, story: str, *, may: str = "", hard_may: str = "") -> None:
        """Both an approval and these codes are right answers."""
        self.may |= set(may.split())
        self.hard_may |= set(hard_may.split())
        if self.touchless == "yes":
            self.touchless = "either"
        self.story = f"{self.story}; {story}" if self.story else story
