"""The management report (ledelsesrapport) as a PDF, set by typst in the process: it names nobody."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import typst
from django.utils import timezone

from styr.budgets.month_report import drawn_for_paper
from styr.initiatives.core.codes import Status
from styr.initiatives.core.interval import total, written
from styr.initiatives.core.measured import together
from styr.initiatives.queries import counts
from styr.kernel.danish import danish_date, danish_section, kroner
from styr.reports.core.areas import FEWEST, OTHERS, SHARES, Area, areas_for_others
from styr.reports.core.areas import together as areas_together
from styr.reports.core.story import OTHER_UNITS, moved_words, units_for_others, waterfall_words
from styr.reports.leaving import FEW_WORDS, told_ore, waterfall_for_others
from styr.reports.pictures import PART_WORDS, waterfall_chart
from styr.reports.verdicts import ending

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from styr.initiatives.core.measured import Effect
    from styr.initiatives.queries import InitiativeView
    from styr.reports.queries import Amount, Results

    Effects = Mapping[UUID, Effect]

_HIDDEN = "skjult"
_UNDER_WAY = (Status.RUNNING, Status.DONE)


def results_report(
    found: Results, *, municipality: str, initiatives: Sequence[InitiativeView], effects: Effects,
    catalogue_names: Mapping[UUID, str],
) -> bytes:  # fmt: skip
    """Return the PDF."""
    picture = drawn_for_paper(waterfall_chart(found, waterfall=waterfall_for_others(found)))
    told = report_data(
        found, municipality=municipality, initiatives=initiatives, effects=effects, catalogue_names=catalogue_names
    ) | {"picture": bool(picture)}
    sources = {"main.typ": _template(), "report.json": json.dumps(told, ensure_ascii=False).encode()}
    if picture:
        sources["waterfall.svg"] = picture.encode()
    made: bytes = typst.compile(sources, format="pdf")  # type: ignore[call-overload]  # files by name: not in its stubs
    return made


def report_data(
    found: Results, *, municipality: str, initiatives: Sequence[InitiativeView], effects: Effects,
    catalogue_names: Mapping[UUID, str],
) -> dict[str, Any]:  # fmt: skip
    """What the template is given: words, and amounts written out."""
    standing, made = found.standing, timezone.localtime(found.made_at)
    areas, waterfall = areas_for_others(found.areas), waterfall_for_others(found)
    return {
        "title": f"Ledelsesoverblik {found.year}",
        "since": f"Siden {danish_date(found.since)}",
        "municipality": municipality,
        "computed": f"Beregnet {danish_date(made.date())} kl. {made:%H.%M} af {data_words(found)}.",
        "verdict": ending(found),
        "verdict_tone": _tone(standing.over_ore),
        "figures": [
            _figure("Budget", _kr(standing.budget_ore), ""),
            _figure("Forbrug til nu", _kr(found.spent_ore), ""),
            _figure("Prognose", _kr(standing.forecast_ore), moved_words(standing, found.since)),
            _figure("Afvigelse", _signed(standing.over_ore)["text"], "prognose mod budget", _tone(standing.over_ore)),
        ],
        "waterfall_told": waterfall_words(waterfall),
        "waterfall": [
            {"name": PART_WORDS[name][0], "means": PART_WORDS[name][1], "over": _signed(ore)}
            for name, ore in waterfall.parts if ore
        ],
        "units": [
            {
                "name": unit.name, "budget": _kr(unit.standing.budget_ore), "forecast": _kr(unit.standing.forecast_ore),
                "moved": _signed(unit.standing.moved_ore), "over": _signed(unit.standing.over_ore),
            }
            for unit in units_for_others(found.units)
        ],
        "brought": _brought(found),
        "danger": _danger(found),
        "areas": [
            _area(area, {what for at, what in areas.hidden if at == place}) for place, area in enumerate(areas.rows)
        ],
        "areas_total": _area(areas_together(areas.rows), areas.no_total) if areas.rows else None,
        "initiatives": _initiatives(initiatives, effects, catalogue_names),
        "notes": "Rapporten nævner ingen borgere. Områder og enheder med færre end "
        f"{FEWEST} borgere er lagt sammen i »{OTHERS}« og »{OTHER_UNITS}«, eventuelt sammen med det næste i størrelse, "
        "så ingen række handler om færre; »skjult« er andele, der ville røbe så få. Besparelser tæller først som "
        "hentet, når de er set på fakturaerne.",
    }  # fmt: skip


def _brought(found: Results) -> list[dict[str, str]]:
    rows = (
        ("Aftalte besparelser i året", "savings", "agreed"), ("Besparelser på et helt år", "savings", "full_year"),
        ("Set på fakturaerne", "savings", "realised"), ("Forventet, ikke aftalt", "savings", "expected"),
        ("Tilbage gennem fakturakontrollen", "invoices", "recovered"), ("Afviste fakturaer", "invoices", "rejected"),
    )  # fmt: skip
    return [{"name": name, "value": amount_words(found.of(topic, key))} for name, topic, key in rows]


def _danger(found: Results) -> list[dict[str, str]]:
    leaked, claimed = found.of("savings", "leaked"), found.of("invoices", "claimed")
    rows = [
        ("Faktureret over den aftalte pris", amount_words(leaked)),
        ("Krævet tilbage, ikke modtaget", amount_words(claimed)),
        (f"Nye afvigelser siden {danish_date(found.since)}", str(found.of("changed", "findings").number)),
    ]  # fmt: skip
    for name, key in (
        ("Kontrakter, der udløber inden for 60 dage", "expiry"),
        ("Sidste dag for opsigelse inden for 60 dage", "notice"),
        ("Særtakster, der skal evalueres inden for 60 dage", "evaluation"),
        ("Opfølgninger over fristen", "late_follow_up"),
    ):  # fmt: skip
        rows.append((name, str(found.of("deadlines", key).number)))
    return [{"name": name, "value": value} for name, value in rows]


def _area(area: Area, hidden: Collection[str]) -> dict[str, Any]:
    named = danish_section(area.section) or "Uden paragraf"
    shares = [_HIDDEN if what in hidden else share_words(area, what) for what in SHARES]
    return {"name": named, "cost": _kr(area.cost_ore), "shares": shares}


def amount_words(amount: Amount) -> str:
    """An amount as it is written for others."""
    ore = told_ore(amount)
    return FEW_WORDS if ore is None else _kr(ore)


def data_words(found: Results) -> str:
    """What the figures were worked out from: "data fra 21. nov. 2026 kl. 8.05 og prognosen fra …"."""
    told = []
    for name, moment in (("data fra", found.data_at), ("prognosen fra", found.forecast_at)):
        if moment is not None:
            local = timezone.localtime(moment)
            told.append(f"{name} {danish_date(local.date())} kl. {local:%H.%M}")
    return " og ".join(told) or "de data, der var"


def share_words(area: Area, what: str) -> str:
    """A share as it is written: "71 %"."""
    share = area.share(what)
    return "–" if share is None else f"{share * 100:.0f} %"


def _initiatives(initiatives: Sequence[InitiativeView], effects: Effects, names: Mapping[UUID, str]) -> dict[str, Any]:
    """By catalogue, those under way and done first; measured effects together, each krone once."""
    brought = together(list(effects.values()))
    words = "" if brought.ore is None else f" Målt til nu: {_kr(brought.ore)}, hver krone talt én gang."
    groups = []
    for catalogue_id in dict.fromkeys(one.catalogue_id for one in initiatives):
        own = [one for one in initiatives if one.catalogue_id == catalogue_id]
        own.sort(key=lambda one: one.status not in _UNDER_WAY)
        groups.append(
            {
                "name": names.get(catalogue_id, ""),
                "total": total(one.saving for one in own if counts(one)).words,
                "rows": [
                    {"number": str(one.number), "title": one.title, "saving": written(one.saving), "owner": one.owner,
                     "status": one.status.danish, "measured": measured_words(effects.get(one.id))}
                    for one in own
                ],
            }
        )  # fmt: skip
    whole = total(one.saving for one in initiatives if counts(one)).words
    return {"total": whole, "measured": words, "groups": groups}


def measured_words(effect: Effect | None) -> str:
    """What an initiative brought, written; "–" where nothing is measured."""
    return "–" if effect is None or effect.ore is None else _kr(effect.ore)


def _figure(title: str, value: str, note: str, tone: str = "") -> dict[str, str]:
    return {"title": title, "value": value.replace(" ", "\N{NO-BREAK SPACE}"), "note": note, "tone": tone}


def _signed(ore: int | None) -> dict[str, str]:
    if ore is None:
        return {"text": "–", "tone": ""}
    return {"text": f"+{_kr(ore)}" if ore > 0 else _kr(ore).replace("-", "−"), "tone": _tone(ore)}


def _tone(ore: int | None) -> str:
    return "" if not ore else "over" if ore > 0 else "under"


def _kr(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore, whole=True)


@cache
def _template() -> bytes:
    return files("styr.reports").joinpath("templates", "reports", "results.typ").read_bytes()
