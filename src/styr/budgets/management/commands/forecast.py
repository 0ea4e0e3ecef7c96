"""`styr forecast`: what a year is forecast to cost, beside its budget."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.budgets.core.codes import Basis
from styr.budgets.core.frame import Frame
from styr.budgets.reporting import Report, Sums, year_report
from styr.kernel import clock
from styr.kernel.danish import danish_date, danish_month, kroner

_FIRST, _LAST = 2000, 2100


class Command(BaseCommand):
    """Works the forecast out from the registers as they are, and prints it; nothing is stored."""

    help = "Vis, hvad et år ventes at koste, pr. enhed og måned, ved siden af budgettet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--year", type=int, metavar="ÅR", help="året; ellers det, vi er i")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATO", help="regn pr. denne dag (ÅÅÅÅ-MM-DD)")
        parser.add_argument("--json", action="store_true", help="skriv én JSON-linje pr. kommune; beløb i øre")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print each municipality's forecast."""
        as_of = options["as_of"] or clock.today()
        year = options["year"] or as_of.year
        if not _FIRST <= year <= _LAST:
            raise CommandError(f"--year er et årstal fra {_FIRST} til {_LAST}.")
        frame = Frame.of(first_year=year, as_of=as_of)
        for municipality_id in municipality_ids():
            with service_scope(municipality_id, "report"):
                report = year_report(frame)
            told = {"municipality": str(municipality_id), **report.as_json()}
            self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _text(report))


def _text(report: Report) -> str:
    frame = report.frame
    head = f"Forventet regnskab {frame.first_year} pr. {danish_date(frame.as_of)}"
    basis = ", ".join(f"{Basis(code).danish} {kroner(ore, whole=True)}" for code, ore in report.total.by_basis.items())
    rows = [_line("", _columns()), _line("I alt", _amounts(report.total))]
    rows += [_line(f"{number} {name}".strip(), _amounts(sums)) for (number, name), sums in sorted(report.units.items())]
    rows += [_line(danish_month(month), _amounts(sums)) for month, sums in sorted(report.months.items())]
    missing = ", ".join(map(str, report.unindexed_years))
    warning = [f"Der mangler en fremskrivning for {missing}: priserne er regnet uændrede."] if missing else []
    return "\n".join([head, basis, *warning, "", *rows])


def _columns() -> tuple[str, ...]:
    return "Budget", "Forventet", "Afvigelse"


def _amounts(sums: Sums) -> tuple[str, ...]:
    told = sums.as_json()
    return tuple(kroner(told[name], whole=True) for name in ("budget_ore", "forecast_ore", "deviation_ore"))


def _line(name: str, columns: tuple[str, ...]) -> str:
    return f"{name[:32]:<32}" + "".join(f"{column:>20}" for column in columns)
