"""`styr routes solve FIL`: plan the rides of a file with `rideplan`. Needs no database."""

import json
from argparse import ArgumentParser
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from rideplan.model.plan import Result

_REASONS = {
    "feature": "intet køretøj har det udstyr, der kræves",
    "capacity": "der er ikke plads i noget køretøj",
    "window": "tidsvinduerne kan ikke nås",
    "ride_time": "køretiden bliver for lang",
    "shift": "turen kan ikke nås i nogen vagt",
    "duration": "ruten bliver for lang",
    "break": "pausen kan ikke holdes",
    "lock": "en låst del af planen er i vejen",
    "together": "ledsageren kunne ikke komme med",
    "fleet": "der er ikke køretøjer nok",
    "penalty": "det er billigere at lade være",
    "outside": "det er billigere at købe turen",
}


class Command(BaseCommand):
    """The plan as JSON with `--json`, else a few lines for people; what cannot be read stops it."""

    help = "Planlægger kørsel (befordring) fra en fil: Li & Lims eller Cordeaus format eller rideplans eget JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The same words as `python -m rideplan solve`."""
        parser.add_argument("file", metavar="FIL", type=Path, help="problemet, der skal planlægges")
        parser.add_argument("--seconds", metavar="S", type=float, default=None, help="CPU-sekunder (10)")
        parser.add_argument("--iterations", metavar="N", type=int, default=None, help="skridt; svaret er altid ens")
        parser.add_argument("--seed", metavar="N", type=int, default=0, help="tilfældighedens frø (0)")
        parser.add_argument("--workers", metavar="N", type=int, default=1, help="processer til tusinder af ture (1)")
        parser.add_argument(
            "--vehicle-cost", metavar="KR", type=float, default=None, help="et køretøjs pris (Li & Lim)"
        )
        parser.add_argument("--best-known", metavar="KR", type=float, default=None, help="en pris at måle imod")
        parser.add_argument("--json", action="store_true", help="hele svaret som JSON")
        parser.add_argument("--svg", metavar="FIL", type=Path, default=None, help="tegn ruterne her")
        parser.add_argument("--geojson", metavar="FIL", type=Path, default=None, help="skriv ruterne til et kort her")

    def handle(self, **options: Any) -> None:
        """Read, plan, draw and tell."""
        from rideplan.answer import as_json
        from rideplan.cli import Order, carry_out
        from rideplan.validation import InvalidProblemError

        order = Order(**{row.name: options[row.name] for row in fields(Order)})
        try:
            result = carry_out(order)
        except (InvalidProblemError, OSError) as refusal:
            raise CommandError(f"{order.file} kan ikke planlægges: {refusal}", returncode=2) from refusal
        told = as_json(result, best_known=options["best_known"])
        self.stdout.write(json.dumps(told, ensure_ascii=True) if options["json"] else _in_words(result))


def _in_words(result: "Result") -> str:
    lines = [
        f"{result.vehicles} køretøjer, {_number(result.distance)} km, pris {_number(result.cost)}",
        "Planen holder alle krav." if result.feasible else "Planen holder ikke alle krav:",
    ]
    if result.estimated:
        lines.append("Køretiderne er anslået, ikke målt på vejnettet.")
    lines += [f"  brudt {row.constraint}: {row.subject} {row.detail}" for row in result.violations]
    lines += [f"  kører ikke {row.request}: {_REASONS.get(row.reason, row.reason)}" for row in result.unserved]
    for route in result.routes:
        stops = " ".join(f"{visit.kind.value[0]}{visit.request}@{_clock(visit.time)}" for visit in route.visits)
        lines.append(f"{route.vehicle} {_clock(route.start)}-{_clock(route.end)}: {stops}")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _clock(minutes: float) -> str:
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}"
