"""What to look for in an enclosed PDF: the values that are marked as deviating in the invoice itself."""

import re
from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_view import LACKING, DocumentView, Told

MOST_WORDS: Final = 40
_LONGEST: Final = 40
_SHORTEST: Final = 4
_FIGURES: Final = re.compile(r"\d(?:[\d.,/:-]*\d)?")
_JOINED: Final = re.compile(r"[.,/:-]")


def marked_words(view: DocumentView) -> tuple[str, ...]:
    """The marked values as they may be written in a PDF: short ones whole, and the figures in them.

    A figure without a sign in it ("31", "2026") is left out: it would be found everywhere.
    """
    found = dict.fromkeys(word for told in _marked(view) for word in _ways(told.text))
    return tuple(found)[:MOST_WORDS]


def _marked(view: DocumentView) -> Iterator[Told]:
    yield from (told for told in (*view.facts, *view.totals, *view.notes) if told.mark)
    for line in view.lines:
        yield from (told for told in (line.text, *line.details, line.quantity, line.price, line.amount) if told.mark)


def _ways(text: str) -> Iterator[str]:
    if text == LACKING:
        return
    whole = text.removesuffix(" kr.").strip()
    if _SHORTEST <= len(whole) <= _LONGEST:
        yield whole
    for figure in _FIGURES.findall(text):
        if len(figure) >= _SHORTEST and _JOINED.search(figure):
            yield figure
            if "," in figure and "." in figure:
                yield figure.replace(".", "")
