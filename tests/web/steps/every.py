"""All that takes many steps, made at once, so that their pages are opened with all the others."""

from uuid import UUID

from web.steps import contracts, economy, results, transport
from web.steps.town import Beside

ABOUT: dict[str, dict[str, str]] = {**transport.ABOUT, **results.ABOUT, **economy.ABOUT, **contracts.ABOUT}
"""What stands in the address of each page: a parameter, and which of the things made here."""


def made(town: Beside) -> dict[str, UUID]:
    """Make one of each; gives their ids. The contract that is drafted anew comes last: the others are about it."""
    return {**transport.made(town), **results.made(town), **economy.made(town), **contracts.made(town)}
