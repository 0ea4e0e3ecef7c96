"""A contract's text as sentences, each with its page and the heading that it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from styr.agreements.core.reading.document import Page

_HYPHENATED: Final = re.compile(r"(?<=[a-zæøå])-\n(?=[a-zæøå])")
_BULLET: Final = re.compile(r"^\s*(?:[-–•·*]|[a-zæøå]\)|\d{1,2}\))\s+")
_NUMBERED: Final = re.compile(r"^\s*(?:§\s*\d+\.?|\d{1,2}(?:\.\d{1,2})*\.?)\s+(?=\S)")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:kr|pr|ekskl|eksl|inkl|nr|jf|stk|ca|bl\.a|bl|f\.eks|evt|dvs|m\.v|mv|m\.m|mm|mfl|d|dags|tlf|afs|pkt|maks|max"
    r"|min|hhv|vedr|osv|o\.l|mdr|cvr|adr|kl|s|jan|feb|apr|jun|jul|aug|sept|okt|nov|dec))\.$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?](?=\s+[A-ZÆØÅ0-9§\"»])|[.!?]$")
_HEADING_WORDS: Final = 9
"""A line of at most so many words without a full stop is a heading."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with its words and those of the heading above it; a heading stands as a sentence of its own too."""

    number: int
    page: int
    text: str
    words: tuple[Word, ...]
    heading: tuple[Word, ...]
    is_heading: bool


def sentences(pages: Iterable[Page]) -> tuple[Sentence, ...]:
    """The sentences of a document in order. Words parted at a line's end are joined; bullets stand alone."""
    return tuple(_numbered(pages))


def _numbered(pages: Iterable[Page]) -> Iterator[Sentence]:
    number, heading = 0, words("")
    for page in pages:
        for block, is_heading in _blocks(page.text):
            for text in (block,) if is_heading else _split(block):
                found = words(text)
                if not any(word.text[0].isalnum() for word in found):
                    continue
                if is_heading:
                    heading = found
                yield Sentence(number, page.number, text, found, heading, is_heading)
                number += 1


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """The page's paragraphs, bullets and headings; the flag says which are headings."""
    kept: list[str] = []
    for line in [*_HYPHENATED.sub("", text.replace("\r", "")).split("\n"), ""]:
        bare = line.strip()
        heading = _is_heading(bare) and (not kept or _finished(kept))
        if kept and (not bare or heading or _BULLET.match(line) or _NUMBERED.match(line)):
            yield " ".join(kept), False
            kept = []
        if heading:
            yield _NUMBERED.sub("", bare), True
        elif bare:
            kept.append(_BULLET.sub("", _NUMBERED.sub("", bare)))


def _finished(kept: list[str]) -> bool:
    return kept[-1].endswith((".", ":", ";", "!", "?"))


def _is_heading(line: str) -> bool:
    bare = _NUMBERED.sub("", line)
    return (
        0 < len(bare.split()) <= _HEADING_WORDS
        and not bare.endswith((".", ",", ";", ":", "?", "!"))
        and not _BULLET.match(line)
        and bare[0].isupper()
        and not any(sign.isdigit() for sign in bare)
    )


def _split(block: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(block):
        if end.end() < len(block) and _ABBREVIATION.search(block[: end.end()]):
            continue
        yield block[start : end.end()].strip()
        start = end.end()
    if block[start:].strip():
        yield block[start:].strip()
