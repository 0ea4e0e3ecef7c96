"""Grants: who was promised what, when, under which contract; renewals, absence, cash help."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown import numbers, words
from exampletown.agreements import Contracting
from exampletown.catalogue import CASH, GOOD_PAIRS, OFFERS, Cash, Offer
from exampletown.days import month_start
from exampletown.habits import chance, weighted
from exampletown.model import Absence, Citizen, Contract, ContractLine, Grant, Provider, Service, Town
from exampletown.population import add_citizen

if TYPE_CHECKING:
    from random import Random

GRANTS_AT_FULL_SCALE = 2300
CITIZENS_AT_FULL_SCALE = 1200
SPANS = (("running", 53), ("started", 15), ("ended", 12), ("short", 6), ("past", 7), ("future", 7))
INDIVIDUAL_SHARE = 0.24
"""Of the help that is mostly bought under frameworks, so much has a contract of its own."""
Span = tuple[date, date | None]
BY_KEY = {offer.key: offer for offer in OFFERS}
OWNER_CODE = {"kommunal": "1", "regional": "3", "fond": "4", "privat": "4"}
ABSENCE_SHARE = 0.2
LONG_DAYS = 300


class Granting:
    """Fills a town with citizens and their grants."""

    def __init__(self, rng: Random, town: Town, providers: dict[str, list[Provider]]) -> None:
        self.rng, self.town, self.providers = rng, town, providers
        self.contracting = Contracting(rng, town)
        self.frameworks: dict[int, Contract] = {}
        self.cprs: set[str] = set()
        self.serial = rng.randrange(1_000_000, 2_000_000)

    def fill(self, scale: float) -> None:
        """About 1,200 citizens and 2,300 grants at scale 1."""
        for _ in range(max(30, round(CITIZENS_AT_FULL_SCALE * scale))):
            self.add_household()

    def add_household(self) -> None:
        """One citizen with a main help, often a second beside it and now and then cash."""
        rng = self.rng
        offer = weighted(rng, [(offer, offer.share) for offer in OFFERS])
        citizen = add_citizen(rng, self.town, offer.ages, self.cprs)
        self.add_help(citizen, offer)
        age = (self.town.today - citizen.birth).days // 366
        fitting = [key for key in GOOD_PAIRS.get(offer.key, ()) if BY_KEY[key].ages[0] <= age <= BY_KEY[key].ages[1]]
        rng.shuffle(fitting)
        sections = {offer.section}
        for key, share in zip(fitting, (0.76, 0.45), strict=False):
            if chance(rng, share) and BY_KEY[key].section not in sections:
                sections.add(BY_KEY[key].section)
                self.add_help(citizen, BY_KEY[key])
        for cash in CASH:
            if cash.ages[0] <= age <= cash.ages[1] and chance(rng, 0.22):
                self.add_cash(citizen, cash)

    def span(self, kind: str) -> Span:
        """A grant's period; six of ten begin on the first of a month."""
        rng, months, today = self.rng, self.town.months, self.town.today
        early = month_start(months[0], -rng.randrange(1, 30))
        inside = months[rng.randrange(2, len(months) - 1)]
        shift = 0 if chance(rng, 0.6) else rng.randrange(1, 27)
        day = timedelta(days=shift)
        far = month_start(today, rng.randrange(3, 30))
        spans: dict[str, Span] = {
            "running": (early + day, None if chance(rng, 0.5) else far),
            "started": (inside + day, None if chance(rng, 0.5) else far),
            "ended": (early + day, inside + day),
            "short": (months[2] + day, months[2] + day + timedelta(days=rng.randrange(20, 120))),
            "past": (month_start(months[0], -32), month_start(months[0], -rng.randrange(1, 5))),
            "future": (month_start(today, rng.randrange(1, 4)), None),
        }
        return spans[kind]

    def add_help(self, citizen: Citizen, offer: Offer) -> None:
        """A grant, and for some an earlier one that it renews without a day between."""
        rng = self.rng
        start, end = self.span(weighted(rng, SPANS))
        provider = rng.choice(self.providers[offer.key])
        contract = self.contract_for(offer, provider, citizen, start, end)
        grant = self.add_grant(citizen, offer, contract, (start, end))
        if chance(rng, 0.1) and (end is None or (end - start).days > LONG_DAYS):
            turn = self.town.months[rng.randrange(1, len(self.town.months))]
            if start < turn and (end is None or turn < end):
                grant.end = turn
                renewed = self.add_grant(citizen, offer, contract, (turn, end), grant.services)
                renewed.status = grant.status
        self.add_absences(offer)

    def contract_for(
        self, offer: Offer, provider: Provider, citizen: Citizen, start: date, end: date | None
    ) -> Contract:
        """The citizen's own contract, or the provider's framework."""
        if not offer.framework or chance(self.rng, INDIVIDUAL_SHARE):
            return self.contracting.add(offer, provider, citizen, start, end)
        if provider.number not in self.frameworks:
            begins = provider.portal[0].start
            self.frameworks[provider.number] = self.contracting.add(
                offer, provider, None, begins, date(self.town.today.year + 6, 1, 1)
            )
        return self.frameworks[provider.number]

    def next_number(self) -> str:
        """A new grant number, somewhat higher than the last."""
        self.serial += self.rng.randrange(1, 900)
        return numbers.grant_number(self.serial)

    def add_grant(
        self,
        citizen: Citizen,
        offer: Offer,
        contract: Contract,
        span: Span,
        like: list[Service] | None = None,
    ) -> Grant:
        """A grant under ``contract``; a renewal takes over the services of the one before (``like``)."""
        rng, today = self.rng, self.town.today
        start, end = span
        status = rng.choice(("forventet", "kladde")) if start > today else "bevilget"
        services = [
            Service(s.number, s.service, s.unit, s.quantity, s.per, s.factor, s.line, s.start, s.end)
            for s in like or self.services(offer, contract)
        ]
        grant = Grant(
            number=self.next_number(),
            case=f"S{min(start, today).year}-{rng.randrange(10**5):05d}",
            citizen=citizen,
            section=offer.section,
            status=status,
            start=start,
            end=end,
            unit=citizen.unit,
            caseworker=rng.choice(words.CASEWORKERS),
            account=self.account(offer.function, OWNER_CODE[contract.supplier.kind]),
            follow_up=today + timedelta(days=rng.randrange(5, 400)),
            contract=contract,
            provider=contract.provider,
            supplier=contract.supplier,
            services=services,
        )
        self.town.grants.append(grant)
        return grant

    def services(self, offer: Offer, contract: Contract) -> list[Service]:
        """The base and, where the contract has them, its supplements (some for a part of the time)."""
        found: list[Service] = []
        for line in contract.lines:
            quantity = Decimal(self.rng.choice(offer.quantities)) if line.kind == "basis" else Decimal(1)
            per = offer.per if line.kind == "basis" else "dag"
            service = Service(len(found) + 1, line.service, line.unit, quantity, per, Decimal(1), line)
            if line.unit == "km" and chance(self.rng, 0.5):
                service.factor = Decimal("1.25")
            if line.unit == "engang":
                service.per, service.start, service.end = "i alt", contract.start, contract.start + timedelta(days=1)
            elif line.kind != "basis":
                self.narrow_supplement(service, line)
            found.append(service)
        return found

    def narrow_supplement(self, service: Service, line: ContractLine) -> None:
        """Some supplements run for a part of the time, special rates never beyond their end."""
        months = self.town.months
        if chance(self.rng, 0.3):
            service.start = months[self.rng.randrange(1, 5)] + timedelta(days=self.rng.randrange(28))
            service.end = months[self.rng.randrange(6, len(months))] + timedelta(days=self.rng.randrange(28))
        last = line.rates[-1].end
        if last is not None:
            service.end = min(service.end or last, last)

    def fit_services(self) -> None:
        """Keep supplements within their grant's period, and drop those that no longer touch it."""
        for grant in [*self.town.grants, *self.town.ghosts]:
            for service in list(grant.services):
                start, end = service.start, service.end
                if (start and grant.end and start >= grant.end) or (end and end <= grant.start):
                    grant.services.remove(service)
                    continue
                service.start = start if start is None or start > grant.start else None
                service.end = end if end is None or grant.end is None or end < grant.end else None

    def account(self, function: str, owner: str) -> str:
        """Sixteen digits: 5, function 4, operation 1, owner, cost centre 4, grouping 3, kind 4, article 0."""
        return f"5{function}1{owner}{self.rng.randrange(1000, 9999)}{self.rng.randrange(1, 95):03d}40"

    def add_cash(self, citizen: Citizen, cash: Cash) -> None:
        """A monthly amount to the citizen."""
        rng, today = self.rng, self.town.today
        start, end = self.span(weighted(rng, SPANS))
        amount = Decimal(rng.randrange(cash.low, cash.high))
        service = Service(1, "stoette", "måned", Decimal(1), "måned", Decimal(1), None, own_rate=amount)
        self.town.grants.append(
            Grant(
                number=self.next_number(),
                case=f"S{min(start, today).year}-{rng.randrange(10**5):05d}",
                citizen=citizen,
                section=cash.section,
                status="forventet" if start > today else "bevilget",
                start=start,
                end=end,
                unit=citizen.unit,
                caseworker=rng.choice(words.CASEWORKERS),
                account=self.account(cash.function, "1"),
                follow_up=today + timedelta(days=rng.randrange(5, 400)),
                contract=None,
                provider=None,
                supplier=None,
                services=[service],
            )
        )

    def add_absences(self, offer: Offer) -> None:
        """One or two absences inside the window on some of the newest grants."""
        rng, months = self.rng, self.town.months
        grant = self.town.grants[-1]
        if not offer.absence or not chance(rng, ABSENCE_SHARE) or grant.status != "bevilget":
            return
        cursor = max(grant.start, months[0]) + timedelta(days=rng.randrange(3, 80))
        limit = min(grant.end or self.town.today, month_start(self.town.today))
        for _ in range(rng.choice((1, 1, 2))):
            end = cursor + timedelta(days=rng.choice((2, 4, 6, 9, 14, 21, 35)))
            if end >= limit:
                return
            grant.absences.append(Absence(cursor, end, rng.choice(words.ABSENCE_REASONS)))
            cursor = end + timedelta(days=rng.randrange(15, 120))
