"""Key figures of the start page that other domains tell: the forecast, and the invoices; each leads to its page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from styr.invoices import queries as invoices
from styr.kernel.danish import danish_number, kroner
from styr.reports import queries as reports
from styr.workspace.core.overview import share


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure, which leads to the rows behind it; `kind` says how it is written: count, ore or share."""

    title: str
    value: int | float | None
    kind: str
    note: str
    url_name: str
    query: str = ""
    tone: str = ""


def of_economy(today: date) -> dict[str, Figure]:
    """How the year is expected to end, as the management page tells it: one query."""
    found = reports.standing(year=today.year)
    if found is None:
        return {}
    over = found.over_ore
    if over is None:
        note = "intet budget at holde den mod"
    else:
        note = (
            f"{kroner(abs(over), whole=True)} {'over' if over > 0 else 'under'} budgettet" if over else "på budgettet"
        )
    tone = "danger" if over is not None and over > 0 else ""
    return {
        "forecast": Figure(
            f"Prognose {today.year}", found.forecast_ore, "ore", note, "results", f"aar={today.year}", tone
        )
    }


OF_INVOICES: Final = frozenset({"recovered", "read", "touchless", "stopped"})


def of_invoices(today: date, waiting: int | None) -> dict[str, Figure]:
    """What the invoices tell, and what came back of what was claimed too much this year: two queries.

    `waiting` is how many of those that are right wait for somebody; None to those who do not decide.
    """
    figures = invoices.figures()
    back = invoices.recovered(since=date(today.year, 1, 1), until=today + timedelta(days=1), today=today)
    ready = share(figures.touchless, figures.read)
    return {
        "recovered": Figure(
            f"Hentet hjem i {today.year}",
            back.amount_ore,
            "ore",
            f"{kroner(back.open_ore, whole=True)} kræves stadig" if back.open_ore else "intet udestår",
            "followups",
        ),
        "read": Figure(
            "Fakturaer læst",
            figures.read,
            "count",
            f"{kroner(figures.amount_ore, whole=True)} i alt",
            "invoices",
            "visning=alle",
        ),
        "touchless": Figure(
            "Klar uden gennemsyn",
            ready,
            "share",
            f"af {danish_number(figures.read)} fakturaer"
            + (f"; {danish_number(waiting)} venter på jer" if waiting else ""),
            "invoices",
            "visning=klar" if waiting else "visning=alle",
        ),
        "stopped": Figure(
            "Afviger",
            figures.stopped,
            "count",
            "skal ses på, før de betales",
            "invoices",
            "visning=afvigelser",
            "danger" if figures.stopped else "",
        ),
    }
