"""Find CPR numbers, names and dates of birth in invoice text. What is found lives in memory only, see `keys`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from styr.invoices.core.extract.period_tokens import MONTHS, calendar_day
from styr.kernel.cpr import Cpr, InvalidCprError

_CPR: Final = re.compile(r"(?<![\d-])(\d{6})\s?[-–]?\s?(\d{4})(?![\d-])")
_BORN: Final = re.compile(
    r"(?:\bfødt|\bfødselsda(?:to|g)|\bf\s?\.\s?d\s?\.|\bfdato|\bf\s?\.(?=\s?\d))\s?(?:den|d\.)?[\s.:]*"
    r"(?:(\d{1,2})[\s./-]{0,2}(\d{1,2})[\s./-]{0,2}((?:19|20)\d\d|\d\d)(?!\d)|(\d{1,2})\.?\s([a-zæøå]{3,9})\.?\s(\d{4}))",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"\(\s?(\d\d)(\d\d)(\d\d)\s?\)|(?<=[^\W\d_], )(\d\d)(\d\d)(\d\d)(?![\d-])")
_MASKED: Final = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)\s?[-–]\s?(?:[xX*•.?#_]{2,4}|(?=\s|$|[,;)]))")
_WORD: Final = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+"
_RUN: Final = re.compile(rf"{_WORD}(?:(?:, ?| ){_WORD})+")
_PARTICLES: Final = frozenset({"af", "von", "van", "de", "el", "al", "la"})
_LONGEST_NAME: Final = 5
_NO_NAMES = """
    cpr cvr ean gln faktura kreditnota kontrakt bevilling borger vedr vedrørende periode ydelse takst døgntakst ophold
    botilbud støtte tillæg aktivitet uge måned kommune socialforvaltning att navn ref reference ordre note jf jævnfør
    serviceloven barnets lov sel levering leveret pris antal døgn timer time dage beløb aps fonden
"""
_NOT_NAMES: Final = frozenset(_NO_NAMES.split()) | frozenset(MONTHS)
_FICTIVE: Final = 60


def cprs_in(text: str) -> Iterator[Cpr]:
    """The valid CPR numbers. About 3.7 % of random ten-figure strings look like one: the caller must resolve them."""
    for match in _CPR.finditer(text):
        try:
            yield Cpr.parse(match[1] + match[2])
        except InvalidCprError:
            continue


def births_in(text: str, *, issued: date) -> Iterator[date]:
    """Dates of birth: after "født", "f." and the like, six figures right after a name, or a CPR with its end masked.

    A year of two figures gives both centuries that are possible.
    """
    for match in _BORN.finditer(text):
        day, month, year = match[1] or match[4], match[2] or match[5], match[3] or match[6]
        number = int(month) if month.isdigit() else MONTHS.get(month.casefold(), 0)
        yield from _births(int(day), number, year, issued)
    for match in _MASKED.finditer(text):
        yield from _births(int(match[1]), int(match[2]), match[3], issued)
    for match in _BRACKETED.finditer(text):
        yield from _births(int(match[1] or match[4]), int(match[2] or match[5]), match[3] or match[6], issued)


def _births(day: int, month: int, year: str, issued: date) -> Iterator[date]:
    day = day - _FICTIVE if day > _FICTIVE else day
    years = [int(year)] if len(year) > 2 else [1900 + int(year), 2000 + int(year)]  # noqa: PLR2004 -- two figures
    for candidate in years:
        born = calendar_day(candidate, month, day)
        if born is not None and born <= issued:
            yield born


def names_in(text: str) -> Iterator[str]:
    """What may be a full name: each row of two to five capitalised words within a run, "Last, First" also turned."""
    for run in _RUN.finditer(text):
        for part in _stretches(run.group()):
            yield from _rows(part)


def _stretches(run: str) -> Iterator[list[str]]:
    """Cut a run where a word stands that no name holds."""
    words: list[str] = []
    for word in re.findall(r"[^\s,]+|,", run):
        capital = word == "," or word[0].isupper() or word.casefold() in _PARTICLES
        if capital and word.casefold() not in _NOT_NAMES:
            words.append(word)
        else:
            yield words
            words = []
    yield words


def _rows(words: list[str]) -> Iterator[str]:
    if "," in words:
        comma = words.index(",")
        before, after = words[:comma], [word for word in words[comma + 1 :] if word != ","]
        if before and after:
            yield " ".join([*after, *before])
        yield from _rows(before)
        yield from _rows(after)
        return
    for start in range(len(words)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(words)) + 1):
            if _PARTICLES.isdisjoint((words[start].casefold(), words[end - 1].casefold())):
                yield " ".join(words[start:end])
