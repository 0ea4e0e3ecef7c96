"""Plants what is wrong in the registers themselves. Counts are for scale 1; at least one of each at any scale."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.granting import BY_KEY, Granting
from exampletown.habits import chance
from exampletown.reckoning import rate_on
from exampletown.words import NEIGHBOUR_CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from random import Random

    from exampletown.model import Citizen, Grant, Town

COUNTS = (
    *(("double_same", 11), ("double_residence", 6), ("double_support", 6), ("no_contract", 12), ("orphan", 12)),
    *(("expired", 11), ("unsigned", 9), ("no_rates", 5), ("special", 9), ("above_portal", 9), ("unapproved", 3)),
    *(("dead_open", 5), ("moved_open", 5), ("dead", 9), ("moved", 9), ("no_account", 20), ("other_payer", 4)),
)
OVERDUE_SHARE = 0.06


class Flaws:
    """Spoils a finished town; each grant gets at most one flaw, so that the key stays readable."""

    def __init__(self, rng: Random, town: Town, granting: Granting) -> None:
        self.rng, self.town, self.granting = rng, town, granting
        self.uses = Counter(grant.contract.number for grant in town.grants if grant.contract)
        self.by_citizen: dict[int, list[Grant]] = {}
        for grant in town.grants:
            self.by_citizen.setdefault(grant.citizen.number, []).append(grant)
        self.pool = list(town.grants)
        rng.shuffle(self.pool)

    def plant(self, scale: float) -> None:
        """All flaws; the number of each grows with ``scale``."""
        planters: dict[str, Callable[[Grant], bool]] = {name: getattr(self, name) for name, _ in COUNTS}
        for name, count in COUNTS:
            wanted = max(1, round(count * scale))
            for grant in self.candidates():
                if not wanted:
                    break
                if planters[name](grant):
                    grant.flaw = grant.flaw or name
                    wanted -= 1
        for grant in self.pool:
            if self.runs(grant) and chance(self.rng, OVERDUE_SHARE):
                grant.follow_up = self.town.today - timedelta(days=self.rng.randrange(3, 220))

    def candidates(self) -> Iterator[Grant]:
        """Unspoiled grants that have been billed for some months, all their citizen's grants being unspoiled."""
        for grant in list(self.pool):
            known = self.by_citizen[grant.citizen.number]
            if grant.supplier and grant.status == "bevilget" and not any(other.flaw for other in known):
                yield grant

    def runs(self, grant: Grant) -> bool:
        """Since the first months of the window and until after today."""
        early = grant.start <= self.town.months[2]
        return early and grant.status == "bevilget" and (grant.end is None or grant.end > self.town.today)

    def own_contract(self, grant: Grant) -> bool:
        """An individual contract that no other grant uses."""
        contract = grant.contract
        return contract is not None and contract.citizen is not None and self.uses[contract.number] == 1

    def some_day(self, first: int, last: int) -> date:
        """A day in one of the window's months first..last."""
        return self.town.months[self.rng.randrange(first, last + 1)] + timedelta(days=self.rng.randrange(1, 27))

    # --- double grants -----------------------------------------------------------------------------------------

    def double(self, grant: Grant, key: str) -> bool:
        """A second grant beside ``grant`` with another supplier, from some day of the window on."""
        offer = BY_KEY[key]
        others = [p for p in self.granting.providers[key] if p.supplier is not grant.supplier]
        if not self.runs(grant) or not others:
            return False
        start = self.some_day(3, 8)
        contract = self.granting.contract_for(offer, self.rng.choice(others), grant.citizen, start, None)
        second = self.granting.add_grant(grant.citizen, offer, contract, (start, None))
        second.flaw = "double"
        self.by_citizen[grant.citizen.number].append(second)
        return True

    def double_same(self, grant: Grant) -> bool:
        """The same section granted twice."""
        keys = [key for key, offer in BY_KEY.items() if offer.section == grant.section and offer.framework]
        return bool(keys) and self.double(grant, keys[0])

    def double_residence(self, grant: Grant) -> bool:
        """§107 beside §108."""
        return grant.section == "SEL § 108" and self.double(grant, "midlertidigt")

    def double_support(self, grant: Grant) -> bool:
        """§85 beside §107."""
        return grant.section == "SEL § 107" and self.double(grant, "bostøtte")

    # --- contracts ---------------------------------------------------------------------------------------------

    def no_contract(self, grant: Grant) -> bool:
        """The agreement was never written: the grant holds its own price."""
        contract = grant.contract
        if contract is None or contract.citizen is not None or not self.runs(grant):
            return False
        service = grant.services[0]
        service.own_rate = rate_on(contract.lines[0].rates, self.town.today)
        service.line, grant.contract = None, None
        return True

    def orphan(self, grant: Grant) -> bool:
        """The grant was never made; about half of the suppliers bill all the same."""
        others = [g for g in self.by_citizen[grant.citizen.number] if g is not grant and g.supplier is grant.supplier]
        if not self.own_contract(grant) or others or not self.runs(grant):
            return False
        self.town.grants.remove(grant)
        self.pool.remove(grant)
        self.by_citizen[grant.citizen.number].remove(grant)
        if len(self.town.ghosts) % 2 == 0 or chance(self.rng, 0.3):
            grant.flaw = "orphan"
            grant.billed_until = month_start(self.town.today, -self.rng.randrange(4))
            self.town.ghosts.append(grant)
        return True

    def expired(self, grant: Grant) -> bool:
        """The contract ended, the help went on."""
        if not self.own_contract(grant) or not self.runs(grant) or grant.contract is None:
            return False
        grant.contract.end = month_start(self.some_day(5, 10))
        return grant.contract.end > grant.start

    def unsigned(self, grant: Grant) -> bool:
        """The contract never came back signed."""
        if not self.own_contract(grant) or not self.runs(grant) or grant.contract is None:
            return False
        grant.contract.status, grant.contract.signed = self.rng.choice(("kladde", "sendt", "sendt")), None
        return True

    def no_rates(self, grant: Grant) -> bool:
        """The register holds no price for the contract."""
        if not self.own_contract(grant) or not self.runs(grant) or grant.contract is None:
            return False
        grant.contract.lines[0].unpriced = True
        return True

    def special(self, grant: Grant) -> bool:
        """Hours and price, the purpose, or every end is missing."""
        if not self.own_contract(grant) or grant.contract is None:
            return False
        lines = [line for line in grant.contract.lines if line.kind == "særtakst"]
        for line in lines:
            match self.rng.randrange(3):
                case 0:
                    line.hours = line.hourly = None
                case 1:
                    line.purpose = None
                case _:
                    line.evaluated_on, line.rates[-1].end = None, None
        return bool(lines)

    def above_portal(self, grant: Grant) -> bool:
        """The newest price is higher than what the unit reported."""
        if not self.own_contract(grant) or not self.runs(grant) or grant.contract is None:
            return False
        last = grant.contract.lines[0].rates[-1]
        portal = rate_on(grant.contract.provider.portal, self.town.today) or last.amount
        last.amount = Decimal(round(portal * Decimal(self.rng.randrange(1030, 1110)) / 1000))
        return True

    def unapproved(self, grant: Grant) -> bool:
        """The unit's approval ended inside the window."""
        if not self.own_contract(grant) or not self.runs(grant) or grant.provider is None:
            return False
        if grant.provider.approved_to is not None:
            return False
        grant.provider.approved_to = self.some_day(5, 10)
        return True

    # --- people ------------------------------------------------------------------------------------------------

    def stop_all(self, citizen: Citizen, end: date, *, but: Grant | None = None) -> None:
        """End the citizen's grants by ``end``; those that were cut are stopped, those not yet begun are dropped."""
        for grant in list(self.by_citizen[citizen.number]):
            if grant is but or (grant.end is not None and grant.end <= end):
                continue
            if grant.start >= end:
                self.town.grants.remove(grant)
                self.pool.remove(grant)
                self.by_citizen[citizen.number].remove(grant)
                continue
            grant.end, grant.status = end, "stoppet"
            grant.absences = [absence for absence in grant.absences if absence.end <= end]

    def leave(self, grant: Grant, *, died: bool, left_open: bool) -> bool:
        """The citizen dies or moves; with ``left_open`` nobody stops this grant and the supplier bills on a while."""
        if not self.runs(grant):
            return False
        day = self.some_day(4, 9)
        end = day + timedelta(days=1) if died else day
        if died:
            grant.citizen.died = day
        else:
            grant.citizen.moved_out = day
        self.stop_all(grant.citizen, end, but=grant if left_open else None)
        if left_open:
            grant.absences = [absence for absence in grant.absences if absence.end <= end]
            grant.billed_until = end + timedelta(days=self.rng.randrange(12, 100))
        return True

    def dead_open(self, grant: Grant) -> bool:
        """Died; nobody stopped the grant."""
        return self.leave(grant, died=True, left_open=True)

    def moved_open(self, grant: Grant) -> bool:
        """Moved; nobody stopped the grant."""
        return self.leave(grant, died=False, left_open=True)

    def dead(self, grant: Grant) -> bool:
        """Died; everything was stopped in time."""
        return self.leave(grant, died=True, left_open=False)

    def moved(self, grant: Grant) -> bool:
        """Moved; everything was stopped in time."""
        return self.leave(grant, died=False, left_open=False)

    # --- the rest ----------------------------------------------------------------------------------------------

    def no_account(self, grant: Grant) -> bool:
        """Nobody coded the grant."""
        grant.account = None
        return True

    def other_payer(self, grant: Grant) -> bool:
        """Another municipality pays for the citizen."""
        grant.citizen.paying = self.rng.choice(NEIGHBOUR_CODES)
        return True
