"""What a page asks for besides itself, at a first visit, leaves room for the page in 120 kB as sent (compressed)."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from django.contrib.staticfiles import finders

import styr

HEAVIEST: Final = 120 * 1024
PAGE: Final = 20 * 1024
"""What the page itself may be: a list of 200 rows is 18 kB."""
MAP_PAGE: Final = 5 * 1024
"""A plan of a day's rides, whose map takes 45 kB."""
SOURCE: Final = Path(styr.__file__).parent
ALWAYS: Final = ("ui/vendor/inter-latin.woff2", "ui/vendor/inter-latin-ext.woff2", "ui/vendor/icons.svg")
"""What style sheets and components name: a page has all letters of its names, and icons."""
_STATIC: Final = re.compile(r"{% static ['\"]([^'\"]+)['\"] %}")
_OTHERS: Final = re.compile(r"{% (?:extends|include) ['\"]([^'\"]+)['\"]")
_IMPORTS: Final = re.compile(r"(?:from|import) ?\(?[\"'](\./[^\"']+)[\"']")


def templates() -> dict[str, Path]:
    """Every template of ours by its name."""
    roots = [path for path in SOURCE.glob("*/templates") if path.is_dir()]
    return {str(path.relative_to(root)): path for root in roots for path in root.rglob("*.html")}


TEMPLATES: Final = templates()
PAGES: Final = sorted(name for name, path in TEMPLATES.items() if "{% extends" in path.read_text("utf-8"))


def named(template: str) -> set[str]:
    """The static files that a template names, or one that it is made of."""
    found: set[str] = set()
    seen: set[str] = set()
    ahead = [template]
    while ahead:
        one = ahead.pop()
        if one in TEMPLATES and one not in seen:
            seen.add(one)
            text = TEMPLATES[one].read_text("utf-8")
            found.update(_STATIC.findall(text))
            ahead += _OTHERS.findall(text)
    return found


def with_imports(name: str) -> Iterator[str]:
    """A file, and for a script those that it imports."""
    yield name
    if name.endswith(".js") and "/vendor/" not in name:
        for imported in _IMPORTS.findall(file_of(name).read_text("utf-8")):
            yield from with_imports(f"{name.rpartition('/')[0]}/{imported.removeprefix('./')}")


def file_of(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), f"{name} is no static file"
    return Path(found)


@cache
def weight(name: str) -> int:
    """Bytes as sent: compressed, where that makes it smaller."""
    data = file_of(name).read_bytes()
    return min(len(data), len(gzip.compress(data)))


@pytest.mark.parametrize("page", PAGES)
def test_a_first_visit_leaves_room_for_the_page(page: str) -> None:
    asked = {one for name in named(page) for one in with_imports(name)} | set(ALWAYS)
    room = MAP_PAGE if "ui/vendor/leaflet.js" in asked else PAGE
    heavy = sorted(((weight(name), name) for name in asked), reverse=True)
    total = sum(size for size, _ in heavy)
    assert total <= HEAVIEST - room, f"{total / 1024:.0f} kB: {heavy[:6]}"
