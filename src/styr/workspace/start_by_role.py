"""Key figures of the start page that one role alone wants first: the coordinator's rides, the negotiator's savings."""

from datetime import date, timedelta
from typing import Final

from styr.kernel.danish import danish_date, danish_month, danish_number, kroner
from styr.negotiations.standing import SavingsStanding, savings_standing
from styr.transport.year_standing import YearStanding, year_standing
from styr.trips.standing import RidesStanding, rides_standing
from styr.workspace.core.work import KEY_DAYS, Standing
from styr.workspace.start_figures import Figure

RIDES: Final = ("trips", "transport", "deviating", "settlements_ore", "unanswered")
SAVINGS: Final = ("agreed_ore", "realised_ore", "leaking")


def of_rides(today: date) -> dict[str, Figure]:
    """What was driven, what the year costs, what was found, and what waits to be paid and answered: two queries."""
    rides, year = rides_standing(today=today), year_standing(today.year)
    return {
        "trips": _driven(rides),
        "transport": _cost(year, today.year),
        "deviating": Figure(
            "Ture med åbne afvigelser",
            rides.deviating,
            "count",
            f"{kroner(rides.at_stake_ore, whole=True)} at se efter" if rides.deviating else "intet at se efter",
            "trips",
            "afvigelse=any",
            "danger" if rides.deviating else "",
        ),
        "settlements_ore": Figure(
            "Venter på afgørelse",
            rides.settlements_ore,
            "ore",
            _many(rides.settlements, "afregning", "afregninger")
            if rides.settlements
            else "alle afregninger er afgjort",
            "settlements",
            "status=received",
        ),
        "unanswered": Figure(
            "Ubesvarede klager",
            rides.complaints,
            "count",
            f"den ældste fra {danish_date(rides.oldest_complaint)}" if rides.oldest_complaint else "alle er besvaret",
            "complaints",
        ),
    }


def of_savings(year: int) -> dict[str, Figure]:
    """What is agreed, what invoices show of it, and what is billed above the agreed prices: three queries."""
    found = savings_standing(year=year)
    return {
        "agreed_ore": Figure(f"Aftalt for {year}", found.agreed_ore, "ore", _agreed(found), "savings", f"aar={year}"),
        "realised_ore": Figure(
            f"Realiseret i {year}",
            found.realised_ore,
            "ore",
            f"fakturaer viser {_many(found.realised, 'aftale', 'aftaler')}"
            if found.realised
            else "endnu på ingen faktura",
            "savings",
            f"aar={year}&vis=realiseret",
        ),
        "leaking": Figure(
            f"Lækker i {year}",
            found.leaked_ore,
            "ore",
            f"{_many(found.leaking, 'aftale', 'aftaler')} faktureret over prisen"
            if found.leaking
            else "intet over prisen",
            "savings",
            f"aar={year}&vis=laekker",
            "danger" if found.leaking else "",
        ),
    }


def of_contracts(standing: Standing) -> dict[str, Figure]:
    """What is not signed, not confirmed and not finished, as it was counted."""
    return {
        "contracts": Figure("Kontrakter", standing.contracts, "count", "i registret", "contracts"),
        "unsigned": Figure(
            "Uden underskrift",
            standing.unsigned,
            "count",
            f"af {_many(standing.contracts, 'kontrakt', 'kontrakter')}",
            "contracts",
            "mangler=signature",
            "danger" if standing.unsigned else "",
        ),
        "unconfirmed": Figure(
            "Dokumenter at bekræfte",
            standing.unconfirmed,
            "count",
            "læst, og oplysninger venter" if standing.unconfirmed else "alt læst er bekræftet",
            "agreement_documents",
            "vis=venter",
        ),
        "own_drafts": Figure(
            "Kontraktudkast", standing.own_drafts, "count", "venter på vores næste udgave", "drafts", "tilstand=work"
        ),
    }


def of_users(standing: Standing) -> dict[str, Figure]:
    """Who has access, who has never used it, and which programs soon are shut out, as it was counted."""
    return {
        "users": Figure("Aktive brugere", standing.users, "count", "kan logge ind i dag", "users", "adgang=aktiv"),
        "never_in": Figure(
            "Har aldrig logget ind",
            standing.never_in,
            "count",
            "har de fået deres link?" if standing.never_in else "alle har været her",
            "users",
            "adgang=aktiv&sorter=-last_login",
        ),
        "keys_ending": Figure(
            "API-nøgler, der udløber", standing.keys_ending, "count", f"inden for {KEY_DAYS} dage", "api_keys"
        ),
    }


def _driven(rides: RidesStanding) -> Figure:
    if rides.month is None:
        return Figure("Ture", 0, "count", "ingen er læst ind endnu", "trips")
    last = (rides.month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Figure(
        f"Ture i {danish_month(rides.month)}",
        rides.trips,
        "count",
        f"{kroner(rides.cost_ore, whole=True)}; den seneste måned med ture",
        "trips",
        f"fra={rides.month.isoformat()}&til={last.isoformat()}",
    )


def _cost(standing: YearStanding, year: int) -> Figure:
    """What is booked, which leads to the postings; the forecast says whether the budget holds."""
    over = standing.over_ore
    if standing.budget_ore is None:
        note = "intet budget at holde det mod"
    elif over:
        told = f"{kroner(abs(over), whole=True)} {'over' if over > 0 else 'under'}"
        note = f"budget {kroner(standing.budget_ore, whole=True)}; året ventes {told}"
    else:
        note = f"budget {kroner(standing.budget_ore, whole=True)}"
    tone = "danger" if over is not None and over > 0 else ""
    return Figure(
        f"Befordring bogført {year}", standing.booked_ore, "ore", note, "transport", f"aar={year}&kilde=bogfoert", tone
    )


def _agreed(found: SavingsStanding) -> str:
    told = _many(found.agreed, "besparelse", "besparelser") if found.agreed else "ingen aftaler endnu"
    return f"{told}; {kroner(found.expected_ore, whole=True)} forventes" if found.expected_ore else told


def _many(count: int, one: str, many: str) -> str:
    return f"{danish_number(count)} {one if count == 1 else many}"
