"""Which account rule (konteringsregel) a grant falls under: the narrowest that fits all it buys."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar


class Rule(Protocol):
    """What a rule is about; "" is any service, or any kind of supplier."""

    @property
    def section(self) -> str:
        """The law's section."""

    @property
    def service(self) -> str:
        """The service, or ""."""

    @property
    def supplier_kind(self) -> str:
        """The kind of supplier, or ""."""


R = TypeVar("R", bound=Rule)


def narrowest(rules: Iterable[R], *, section: str, services: Collection[str], kind: str) -> R | None:
    """Return the rule for a grant of the section; None when none fits.

    A rule on a service fits a grant that buys nothing else; it goes before one on the kind of supplier.
    """
    only = next(iter(services)) if len(set(services)) == 1 else ""
    fitting = [
        rule
        for rule in rules
        if rule.section == section and rule.service in {"", only} and rule.supplier_kind in {"", kind}
    ]
    return max(fitting, key=lambda rule: (rule.service != "", rule.supplier_kind != ""), default=None)
