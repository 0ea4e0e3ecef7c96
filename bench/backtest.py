"""How well a forecast hits: the example frozen in the middle of a year, against what the year came to cost.

    python bench/backtest.py [--seed 1] [--scale 0.25] [--keep]

The example municipality is written as of 20 January; the year before it is nearly whole in its books. On 15 July of
that year only this was known: grants, services, prices and absences that had begun, stops that had been decided (a
grant that was stopped later goes on, as far as anybody knew), and what had been booked. Its forecast of the year is
held against what is booked and accrued the January after, in all and by unit, and so is the naive twelve sixths of the
first six months: of what was booked that day, and of what they came to when every bill was in, which nobody knew. The
forecast is told with and without what was learned by then of those who come and go and of bookings that recur without a
grant. What grants cost that began later is told too: no forecast of known grants can hold it. The database is of its
own, in `.var/bench-backtest` (`--keep` uses the last one).
"""

import argparse
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("STYR_HOME") or ROOT / ".var" / "bench-backtest")
os.environ["STYR_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "styr.config.settings.demo"

YEAR = 2026
FROZEN_ON, SEEN_ON = date(YEAR, 7, 15), date(YEAR + 1, 1, 20)
NOW = datetime(YEAR + 1, 1, 20, 8, tzinfo=UTC)
MONTHS_BOOKED = 6

BOOKED = """
SELECT coalesce(p.unit_id, g.unit_id), coalesce(sum(p.amount_ore) FILTER (WHERE p.posted_on <= %s), 0),
       sum(p.amount_ore)
FROM rel_posting p LEFT JOIN public.rel_grant g ON g.grant_id = p.grant_id
WHERE p.kind = ANY(%s) AND p.month >= %s AND p.month < %s GROUP BY 1
"""
"""The first six months by unit: as booked on the day, and as they came to be booked."""


def main() -> None:
    asked = _asked()
    if not asked.keep:
        shutil.rmtree(HOME, ignore_errors=True)
    from django.conf import settings

    installation = settings.INSTALLATION
    installation.start()
    import django

    django.setup()
    try:
        _compare(_example(asked.seed, asked.scale, made=asked.keep))
    finally:
        if not installation.url:
            installation.cluster.stop()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=0.25)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _example(seed: int, scale: float, *, made: bool) -> UUID:
    """The example in the database, as far as a forecast reads it; the municipality's id."""
    from rich.console import Console

    from exampletown.generate import generate
    from styr.access.scope import service_scope
    from styr.access.services import create_municipality, municipality_ids
    from styr.config.demo.ledger import bring_payments_home
    from styr.config.setup import set_up
    from styr.integrations.services import import_paths
    from styr.invoices.services import control_everything

    if made:
        return next(iter(municipality_ids()))
    set_up()
    municipality_id = create_municipality(code="899", name="Vesterhav Kommune").id
    folder = HOME / "files" / "town"
    folder.parent.mkdir(parents=True)
    generate(folder, seed=seed, scale=scale, today=SEEN_ON)
    import_paths(paths=[folder], municipality_id=municipality_id, actor="bench", now=NOW)
    with service_scope(municipality_id, "demo"):
        control_everything(municipality_id=municipality_id, today=SEEN_ON, now=NOW)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        bring_payments_home(municipality_id=municipality_id, now=NOW, console=Console(file=nowhere))
    return municipality_id


def _compare(municipality_id: UUID) -> None:
    from django.db import connection, transaction

    from styr.access.scope import service_scope
    from styr.budgets.core.booked import COST_KINDS
    from styr.budgets.core.frame import Frame
    from styr.budgets.counting import asked, counted
    from styr.budgets.replaying import know_as_on
    from styr.budgets.reporting import year_report

    seen = Frame.of(first_year=YEAR, as_of=SEEN_ON)
    with service_scope(municipality_id, "report"), connection.cursor() as cursor:
        came = year_report(seen)
        later = (
            f"SELECT sum(amount_ore) FROM ({counted()}) AS rows JOIN rel_grant USING (grant_id) WHERE starts > %(day)s"  # noqa: S608 - compiled by us
        )
        cursor.execute(later, {**asked(seen, {}), "day": FROZEN_ON})
        began_later = int(cursor.fetchone()[0] or 0)
    with service_scope(municipality_id, "report"), connection.cursor() as cursor:
        know_as_on(cursor, FROZEN_ON)
        said = year_report(Frame.of(first_year=YEAR, as_of=FROZEN_ON))
        cursor.execute(BOOKED, [FROZEN_ON, list(COST_KINDS), date(YEAR, 1, 1), date(YEAR, MONTHS_BOOKED + 1, 1)])
        booked = {unit: (int(then), int(since)) for unit, then, since in cursor.fetchall()}
        cursor.execute("SELECT id, number, name FROM access_unit")
        names = {key: (number, name) for key, number, name in cursor.fetchall()}
        transaction.set_rollback(True)
    naive = {
        names.get(unit, ("", "Uden enhed")): tuple(ore * 12 // MONTHS_BOOKED for ore in both)
        for unit, both in booked.items()
    }
    rows = {
        name: (_forecast(sums), _forecast(said.units.get(name)), _known(said.units.get(name)), *naive.get(name, (0, 0)))
        for name, sums in sorted(came.units.items())
        if _forecast(sums)
    }
    naive_whole = [sum(both[place] for both in naive.values()) for place in (0, 1)]
    _print(rows, (_forecast(came.total), _forecast(said.total), _known(said.total), *naive_whole))
    print(
        f"grants that began later: {began_later / 100:,.0f} kr., {began_later / _forecast(came.total):.1%} of what came"
    )


def _forecast(sums: Any) -> int:
    return int(sums.as_json()["forecast_ore"]) if sums else 0


def _known(sums: Any) -> int:
    """The same of known grants alone: without what was learned."""
    told = sums.as_json() if sums else {}
    return int(told.get("forecast_ore", 0) - told.get("recurring_ore", 0) - told.get("trend_ore", 0))


def _print(rows: dict[tuple[str, str], tuple[int, ...]], whole: tuple[int, ...]) -> None:
    print(f"year {YEAR}, frozen {FROZEN_ON:%d-%m}, held against what was known {SEEN_ON:%d-%m-%Y}")
    print(f"{'':34}{'came, kr.':>14}{'forecast':>10}{'known':>8}{'12/6 then':>11}{'12/6 whole':>12}")
    for (number, name), amounts in rows.items():
        _line(f"{number} {name}", amounts)
    _line("in all", whole)
    missed = (sum(abs(row[place] - row[0]) for row in rows.values()) / whole[0] for place in (1, 2, 3, 4))
    ours, known, then, since = missed
    print(f"{'misses of the units added up':34}{'':14}{ours:10.1%}{known:8.1%}{then:11.1%}{since:12.1%}")
    print(f"the naive misses by {then / ours:.1f} x as much, and with all bills in by {since / ours:.1f} x")


def _line(name: str, amounts: tuple[int, ...]) -> None:
    came, *guesses = amounts
    misses = [f"{(guess - came) / came:>{width}.1%}" for guess, width in zip(guesses, (10, 8, 11, 12), strict=True)]
    print(f"{name[:33]:34}{came / 100:14,.0f}{''.join(misses)}")


if __name__ == "__main__":
    main()
