"""The services that a municipality has added itself, known on a line by their names: before those of the program."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from styr.invoices.core.line_facts import LineFacts


def with_own_services(lines: Iterable[LineFacts], ways: Mapping[str, Sequence[str]]) -> tuple[LineFacts, ...]:
    """Return the lines, each for the own service whose name or other way of writing stands in its text.

    The longest wording wins. What the program's own words told comes second, so a grant of either fits.

    Args:
        lines: as `line_facts` read them.
        ways: by service, the ways to write it; none changes nothing.
    """
    known = sorted(((way, code) for code, of_code in ways.items() for way in of_code), key=lambda one: -len(one[0]))
    seen = [(code, re.compile(rf"(?<!\w){re.escape(way)}(?!\w)", re.IGNORECASE)) for way, code in known]
    return tuple(_named(line, seen) for line in lines)


def _named(line: LineFacts, seen: Sequence[tuple[str, re.Pattern[str]]]) -> LineFacts:
    code = next((code for code, pattern in seen if pattern.search(line.text)), None)
    return line if code is None else replace(line, service=code, service_other=line.service)
