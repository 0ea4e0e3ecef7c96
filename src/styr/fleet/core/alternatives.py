"""What may become of a vehicle, and what each would cost a year: exact øre and grammes, unknown where a part is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.fleet.core.codes import Alternative
from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Final = 12
HUNDRED: Final = 100
WH: Final = 1000
PER_100KM: Final = 1_000_000
"""Hundredths of a km, times hundredths of a litre for 100 km, in a litre."""
ELECTRIC: Final = "electric"
PRICE_OF_FUEL: Final = {"diesel": "diesel_ore", "petrol": "petrol_ore", "electric": "kwh_ore"}
"""What a litre or a kWh costs; other fuels have no price here, and a vehicle that uses them no known cost."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A vehicle as it is; None is not known.

    Øre a month or a year; `hundredths_100km` is litres or kWh for 100 km in hundredths; km a year
    in hundredths; `runs_year` how often it is out.
    """

    fuel: str
    first_year: int | None
    leasing_month_ore: int | None
    insurance_year_ore: int | None
    service_year_ore: int | None
    hundredths_100km: int | None
    co2_g_km: int | None
    hundredths_km_year: int | None
    runs_year: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One alternative: a year's cost in øre and CO2 in grammes (None: cannot be told), and why it cannot be had."""

    alternative: Alternative
    cost_ore: int | None
    co2_g: int | None
    why_not: str = ""

    @property
    def possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.why_not


def alternatives(kept: Kept, given: Mapping[str, int], *, shareable: bool) -> tuple[Offered, ...]:
    """Keep, share, replace by electric, or drop and buy trips; `given` are the assumptions by their names."""
    km = kept.hundredths_km_year
    return (
        Offered(Alternative.KEEP, _sum(fixed_year(kept), fuel_ore(kept, given)), co2_g(kept, km, given)),
        _shared(kept, given, shareable=shareable),
        _electric(kept, given),
        _bought(kept, given),
    )


def fixed_year(kept: Kept) -> int | None:
    """What the vehicle costs standing still, øre a year."""
    leasing = None if kept.leasing_month_ore is None else kept.leasing_month_ore * MONTHS
    return _sum(leasing, kept.insurance_year_ore, kept.service_year_ore)


def fuel_ore(kept: Kept, given: Mapping[str, int], *, more_percent: int = 0) -> int | None:
    """What its driving costs a year, øre, rounded once; `more_percent` further than now."""
    price = given.get(PRICE_OF_FUEL.get(kept.fuel, ""))
    if price is None or kept.hundredths_100km is None or kept.hundredths_km_year is None:
        return None
    parts = kept.hundredths_km_year * (HUNDRED + more_percent) * kept.hundredths_100km * price
    return round_half_away(parts, PER_100KM * HUNDRED)


def co2_g(kept: Kept, hundredths_km: int | None, given: Mapping[str, int], *, more_percent: int = 0) -> int | None:
    """Grammes of so many km: an electric vehicle's by its current, others' by their register."""
    if hundredths_km is None:
        return None
    far = hundredths_km * (HUNDRED + more_percent)
    if kept.fuel == ELECTRIC:
        if kept.hundredths_100km is None or "kwh_co2_g" not in given:
            return None
        return round_half_away(far * kept.hundredths_100km * given["kwh_co2_g"], PER_100KM * HUNDRED)
    return None if kept.co2_g_km is None else round_half_away(far * kept.co2_g_km, HUNDRED * HUNDRED)


def day_ore(kept: Kept, given: Mapping[str, int]) -> int | None:
    """What a day with the vehicle and its driver costs, øre, fuel left out; None where not known."""
    fixed, driver, days = fixed_year(kept), given.get("driver_day_ore"), given.get("open_days")
    if fixed is None or driver is None or not days:
        return None
    return driver + round_half_away(fixed, days)


def due_year(kept: Kept, given: Mapping[str, int]) -> int | None:
    """The year in which it has lived as long as vehicles do; None where nobody knows how old it is."""
    years = given.get("life_years")
    return None if kept.first_year is None or years is None else kept.first_year + years


def _shared(kept: Kept, given: Mapping[str, int], *, shareable: bool) -> Offered:
    """Another vehicle drives its uses, a little further, by the same use of fuel; coordinating it costs."""
    more = given.get("share_extra_percent", 0)
    cost = _sum(fuel_ore(kept, given, more_percent=more), given.get("share_year_ore"))
    why = "" if shareable else "Ingen anden vogn med plads er ledig på alle tidspunkter, hvor den bruges."
    return Offered(Alternative.SHARE, cost, co2_g(kept, kept.hundredths_km_year, given, more_percent=more), why)


def _electric(kept: Kept, given: Mapping[str, int]) -> Offered:
    if kept.fuel == ELECTRIC:
        return Offered(Alternative.ELECTRIC, None, None, "Vognen kører på el allerede.")
    km, use = kept.hundredths_km_year, given.get("electric_wh_km")
    far = None if km is None or use is None else km * use
    leasing = given.get("electric_leasing_month_ore")
    fixed = _sum(
        None if leasing is None else leasing * MONTHS,
        given.get("electric_insurance_year_ore"),
        given.get("electric_service_year_ore"),
    )
    current, grammes = (_times(far, given.get(name)) for name in ("kwh_ore", "kwh_co2_g"))
    return Offered(Alternative.ELECTRIC, _sum(fixed, current), grammes)


def _times(hundredths_km_wh: int | None, each_kwh: int | None) -> int | None:
    return (
        None
        if hundredths_km_wh is None or each_kwh is None
        else round_half_away(hundredths_km_wh * each_kwh, HUNDRED * WH)
    )


def _bought(kept: Kept, given: Mapping[str, int]) -> Offered:
    """Every time it is out is a bought trip of as many km."""
    start, per_km, co2 = (given.get(name) for name in ("bought_start_ore", "bought_km_ore", "bought_co2_g_km"))
    km, runs = kept.hundredths_km_year, kept.runs_year
    starts = None if start is None or runs is None else start * runs
    far = None if per_km is None or km is None else round_half_away(km * per_km, HUNDRED)
    grammes = None if co2 is None or km is None else round_half_away(km * co2, HUNDRED)
    return Offered(Alternative.DROP, _sum(starts, far), grammes)


def _sum(*parts: int | None) -> int | None:
    """All together; not known where a part is not."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
