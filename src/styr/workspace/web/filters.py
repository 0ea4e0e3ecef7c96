"""The filter of the list of findings, as it stands in the address: `?type=invoice_rate_high&rolle=economist&side=2`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from styr.access.core.roles import Role
from styr.controls.core.registry import REGISTRY
from styr.controls.queries import FindingFilter


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """What a user asked for; words that mean nothing are dropped, so an old link still opens."""

    code: str
    owner_role: str
    page: int

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> Self:
        """Read the filter from a request's parameters."""
        code = parameters.get("type", "")
        role = parameters.get("rolle", "")
        side = parameters.get("side", "1")
        return cls(
            code=code if code in REGISTRY else "",
            owner_role=role if role in set(Role) else "",
            page=int(side) if side.isascii() and side.isdigit() and len(side) < 7 else 1,  # noqa: PLR2004 - a page number, not a year's worth of digits
        )

    @property
    def wanted(self) -> FindingFilter:
        """The filter as the controls understand it."""
        return FindingFilter(codes=(self.code,) if self.code else None, owner_role=self.owner_role or None)

    @property
    def active(self) -> bool:
        """Whether anything is filtered away."""
        return bool(self.code or self.owner_role)

    def address(self, page: int) -> str:
        """The query string of another page under the same filter."""
        kept = {"type": self.code, "rolle": self.owner_role, "side": str(page)}
        return urlencode({name: value for name, value in kept.items() if value})
