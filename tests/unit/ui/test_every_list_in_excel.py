"""Every list of every page comes out as an Excel file, or says why it need not.

The pages are those of the URLconf; what a page draws is found in the code behind it. A list of records goes through
`ui/lists.py`, which draws its own link. A table by hand is `<c-table file="…">`. All else stands below with its reason.
"""

import inspect
import re
import types
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.urls import URLPattern, get_resolver

import styr

_TAG: Final = re.compile(r"<c-table\b[^>]*>|<table\b[^>]*>|<ul\b[^>]*\bdata-rows[^>]*>")
_DRAWS: Final = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')
_OWN_FILE: Final = "hent=xlsx"

NOT_A_LIST: Final[dict[str, frozenset[str]]] = {
    "one thing held against another, side by side": frozenset({
        "invoices/compare.html", "invoices/settled.html", "agreements/amend.html", "reconciliation/beside.html",
        "drafting/effect.html", "drafting/differences.html", "grants/effect.html",
    }),
    "how one amount was worked out, beside the document it is about": frozenset({"invoices/expected.html"}),
    "one step of some work: it is decided on, and gone": frozenset({
        "invoices/match.html", "invoices/approve_ready.html", "agreements/facts.html",
        "workspace/findings/selected.html", "grants/find_citizen.html", "integrations/mend.html",
        "integrations/columns.html", "integrations/mapping.html", "integrations/undo.html", "integrations/upload.html",
    }),
    "the document itself, drawn as it was sent": frozenset({"invoices/paper.html"}),
    "the queue as one works through it: the same rows are a list with its file a key away": frozenset({
        "invoices/list_rows.html",
    }),
    "a person's own day: what waits, told once, and found by its own lists": frozenset({
        "workspace/start/work.html", "workspace/personal/notices.html",
    }),
    "what a search found, for looking up": frozenset({"workspace/search/results.html", "texts/search.html"}),
    "its own workbook has it, with units of fewer than five put together: it may be handed on": frozenset({
        "reports/results.html",
    }),
    "handed out as a document of its own": frozenset({"workspace/citizens/dossier.html"}),
}  # fmt: skip


IN_ONE_ORDER: Final[dict[str, frozenset[str]]] = {
    "the order says something: months, days, stops, a tree, a ranking, a plan": frozenset({
        "access/units.html enheder", "fleet/heat.html vogne-ude", "initiatives/initiative.html faser",
        "negotiations/potential.html potentiale", "negotiations/saving.html fakturaer-pr-aar",
        "planning/line.html linjens-maaneder", "planning/version_new.html overgange-ved-alder",
        "routes/drivers.html stop-{{ forloop.counter }}", "routes/plan.html stop-{{ forloop.counter }}",
        "tenders/afgoerelse.html rangering-{{ one.lot.number }}", "workspace/citizens/economy.html maaneder",
    }),
    "sums and comparisons: a few rows that are read from the top": frozenset({
        "fleet/vehicle.html alternativer", "integrations/differences.html forskelle-grupperet-efter-register",
        "integrations/run.html raekker-efter-register", "planning/compare.html scenarier",
        "planning/scenario.html forventet-og-scenarie", "planning/version.html budgettets-summer",
        "planning/year_bridge.html fra-prognose-til-budget",
        "reconciliation/list.html forskelle-efter-slags", "routes/plan.html krav",
        "routes/plan.html pris-pr-tur-ved-fravaer", "tenders/materiale.html krav",
        "tenders/materiale.html underkriterier", "tenders/omfang.html maengder-{{ one.lot.number }}",
        "tenders/vurdering.html point-{{ forloop.counter }}", "transport/overview.html udgifter",
        "workspace/citizens/economy.html bevillinger", "workspace/citizens/economy.html faktureret",
        "workspace/citizens/economy.html forventet", "workspace/start/start.html afvigelser",
    }),
    "a few facts of one thing": frozenset({
        "access/overview.html roller", "access/user.html roller", "access/user.html spaerringer",
        "fleet/assumptions.html forudsaetninger", "grants/grant.html ydelser", "initiatives/initiative.html risici",
        "workspace/citizens/edit.html samtykker", "workspace/citizens/edit.html vaerger",
        "workspace/citizens/overview.html aktive-bevillinger",
        "workspace/contracts/contract.html kontraktens-linjer-og-priser",
    }),
    "a few rules in force, each a line of its own": frozenset({
        "access/limits.html graenser", "budgets/assumptions.html fremskrivning-af-priser",
        "refunds/limits.html beloebsgraenser", "refunds/limits.html hvordan-konti-taeller",
        "refunds/limits.html regler", "workspace/citizens/keeping.html opbevaringsregler",
        "workspace/settings/term.html kommunens-egen-opsaetning-over-tid",
    }),
}  # fmt: skip
"""Tables with a file whose headings do not sort. What may grow beyond a screen sorts and comes in parts, or is a list
of `ui/lists.py`."""


def test_every_table_of_records_sorts_or_says_why_not() -> None:
    reasoned = frozenset().union(*IN_ONE_ORDER.values())
    tags = [(name, tag) for name, text in _templates() for tag in _TAG.findall(text) if " sorts=" not in tag]
    tags = [(name, tag) for name, tag in tags if not name.startswith("cotton/")]
    bare = {f"{name} {file}" for name, tag in tags for file in re.findall(r'\bfile="([^"]*)"', tag)}
    assert bare - reasoned == set(), (
        'let it sort: <c-table … sorts="yes">, make it a list of ui/lists.py, or say why not'
    )
    assert reasoned - bare == set(), "these sort now, or are gone: strike them"
    assert sum(map(len, IN_ONE_ORDER.values())) == len(reasoned)


def test_every_table_of_every_page_is_a_file_or_says_why_not() -> None:
    reasoned = frozenset().union(*NOT_A_LIST.values())
    drawn = {template: name for name, view in _pages() for template in _drawn_by(view)}
    bare = {template for template in drawn if not _is_taken(template)}
    told = {f"{template} (on the page {drawn[template]})" for template in bare - reasoned}
    assert told == set(), "give the table a file: <c-table … file=…>, make it a list of ui/lists.py, or say why not"
    assert reasoned - bare == set(), "these have files now, or are gone: strike them"
    assert sum(map(len, NOT_A_LIST.values())) == len(reasoned)


def test_no_table_hides_from_the_test_above() -> None:
    drawn = {template for _, view in _pages() for template in _drawn_by(view)}
    written = {name for name, text in _templates() if _TAG.search(text) and not name.startswith(("ui/", "cotton/"))}
    assert written - drawn <= {"workspace/citizens/dossier.html"}, "no page of the URLconf is seen to draw these"


def test_the_tables_of_a_template_have_names_of_their_own() -> None:
    for name, text in _templates():
        files = re.findall(r'<c-table\b[^>]*\bfile="([^"]*)"', text)
        assert len(files) == len(set(files)), name
        assert all(re.fullmatch(r"[a-z0-9-]+(\{\{ [a-z.]+ \}\})?", file) for file in files), name


@cache
def _templates() -> tuple[tuple[str, str], ...]:
    folders = sorted(Path(styr.__file__).parent.glob("*/templates"))
    files = [(folder, file) for folder in folders for file in folder.rglob("*.html")]
    return tuple((str(file.relative_to(folder)), file.read_text()) for folder, file in files)


@cache
def _known() -> dict[str, str]:
    return dict(_templates())


def _text(name: str) -> str:
    return _known().get(name, "")


@cache
def _is_taken(template: str) -> bool:
    """Whether all tables have files, or the template or what stands above them links to a file of its own."""
    texts = [_text(template), *map(_text, _DRAWS.findall(_text(template)))]
    return any(_OWN_FILE in text for text in texts) or all(' file="' in tag for tag in _TAG.findall(texts[0]))


@cache
def _pages() -> tuple[tuple[str, Callable[..., Any]], ...]:
    """(name, view) of our own pages; the API tells data already."""
    return tuple(
        (str(pattern.name), pattern.callback)
        for route, pattern in _patterns(get_resolver())
        if pattern.callback.__module__.startswith("styr.") and not route.startswith("api/")
    )


def _patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern), one
        else:
            yield from _patterns(one, before + str(one.pattern))


def _drawn_by(view: Callable[..., Any]) -> frozenset[str]:
    """The templates with tables that a page may draw, parts of templates included."""
    found: set[str] = set()
    todo = list(_named_by(view))
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _DRAWS.findall(_text(name))
    return frozenset(name for name in found if not name.startswith(("ui/", "cotton/")) and _TAG.search(_text(name)))


@cache
def _named_by(view: Callable[..., Any]) -> frozenset[str]:
    """The templates whose names stand in the code of a view and of what it calls in a `web` package.

    A name that is put together ("tenders/" + part + ".html") counts as every template of its folder.
    """
    words = frozenset(word for function in _reached(view) for word in _words_of(function))
    names = {word for word in words if word.endswith(".html") and word != ".html"}
    folders = {word for word in words if re.fullmatch(r"[a-z_]+(/[a-z_]+)*/", word)} if ".html" in words else set()
    return frozenset(names | {name for name, _ in _templates() if name.rpartition("/")[0] + "/" in folders})


def _reached(view: Callable[..., Any]) -> list[types.FunctionType]:
    """The view, what is wrapped around it, and the functions of `web` packages that it names."""
    reached: dict[int, types.FunctionType] = {}
    todo: list[Any] = [view]
    while todo:
        one = todo.pop()
        todo += [one.__wrapped__] if hasattr(one, "__wrapped__") else []
        if inspect.isfunction(one) and id(one) not in reached:
            reached[id(one)] = one
            named = [one.__globals__.get(name) for code in _codes(one.__code__) for name in code.co_names]
            held = [cell.cell_contents for cell in one.__closure__ or () if _is_filled(cell)]
            todo += [
                other for other in (*named, *held) if inspect.isfunction(other) and ".web." in str(other.__module__)
            ]
    return list(reached.values())


def _is_filled(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _codes(one)


def _words_of(function: types.FunctionType) -> Iterator[str]:
    """The words in a function, and those of the constants that it names."""
    for code in _codes(function.__code__):
        named = (function.__globals__.get(name) for name in code.co_names)
        for value in (*code.co_consts, *named):
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple | list | frozenset):
                yield from (one for one in value if isinstance(one, str))
            elif isinstance(value, dict):
                yield from (one for one in value.values() if isinstance(one, str))
