"""Where the savings of a year stand, as the negotiator wants to see it first: agreed, realised, leaking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.negotiations.core.codes import SavingStatus
from styr.negotiations.models import Saving
from styr.negotiations.queries import effects_in, verified_years

if TYPE_CHECKING:
    from styr.kernel.money import Ore


@dataclass(frozen=True, slots=True)
class SavingsStanding:
    """A year's savings, øre, as the savings ledger sums them, each with how many savings it is of.

    `agreed_ore` is what agreements are worth in the year, `realised_ore` what its invoices show, and `leaked_ore` what
    was billed above agreed prices. `expected_ore` is hoped for and not agreed.
    """

    agreed: int
    agreed_ore: Ore
    realised: int
    realised_ore: Ore
    leaking: int
    leaked_ore: Ore
    expected: int
    expected_ore: Ore


def savings_standing(*, year: int) -> SavingsStanding:
    """Return the sums of the savings that the caller sees. Three queries, one where there is no saving."""
    saved = dict(Saving.objects.exclude(status=SavingStatus.DROPPED).values_list("id", "status"))
    if not saved:
        return SavingsStanding(0, 0, 0, 0, 0, 0, 0, 0)
    worth, years = effects_in(year), verified_years()
    hoped = [worth[one] for one, status in saved.items() if status == SavingStatus.EXPECTED and one in worth]
    agreed = {one for one, status in saved.items() if status != SavingStatus.EXPECTED}
    shown = [told for one in agreed for told in years.get(one, ()) if told.year == year]
    realised = [told.realised_ore for told in shown if told.realised_ore]
    leaked = [told.leaked_ore for told in shown if told.leaked_ore]
    worths = [worth[one] for one in agreed if one in worth]
    return SavingsStanding(
        len(worths), sum(worths), len(realised), sum(realised), len(leaked), sum(leaked), len(hoped), sum(hoped)
    )
