"""A workbook computed anew from its formulas: the few functions that ours are written with, and arithmetic."""

import re
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

CELL = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?([0-9]+)(?::\$?([A-Z]+)\$?([0-9]+))?")
SUM = re.compile(r"SUM\(([^)]*)\)")


class Sheets:
    """The workbook; `kept` holds the values that its formulas carry."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))
        self.kept = load_workbook(BytesIO(content), data_only=True)

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell holds or computes to."""
        held = self.book[sheet][cell].value
        if not isinstance(held, str) or not held.startswith("="):
            return held
        text = held[1:]
        if text.startswith("SUMIFS("):
            return self._sum_if(sheet, text[7:-1].split(","))
        if text.startswith("IF("):
            test, yes, no = text[3:-1].split(",")
            left, right = (str(self._told(sheet, word)) for word in test.split("="))
            return self._told(sheet, yes if left == right else no)
        return self._computed(sheet, text)

    def _sum_if(self, sheet: str, words: list[str]) -> float:
        area, *tests = words
        wanted = [
            (self._cells(sheet, of), self._told(sheet, what)) for of, what in zip(tests[::2], tests[1::2], strict=True)
        ]
        return sum(
            value
            for at, value in enumerate(self._cells(sheet, area))
            if all(told == "*" or str(cells[at]) == str(told) for cells, told in wanted)
        )

    def _told(self, sheet: str, word: str) -> Any:
        if word.startswith('"'):
            return word.strip('"')
        if CELL.fullmatch(word):
            return self.value(sheet, word.replace("$", ""))
        return self._computed(sheet, word) if "/" in word else word

    def _computed(self, sheet: str, text: str) -> float:
        summed = SUM.sub(lambda found: repr(sum(self._cells(sheet, found[1]))), text)
        plain = CELL.sub(lambda found: repr(self.value(found[1] or sheet, f"{found[2]}{found[3]}") or 0), summed)
        return float(eval(plain, {}))  # noqa: S307 - figures and signs of our own

    def _cells(self, sheet: str, area: str) -> list[Any]:
        found = CELL.fullmatch(area)
        assert found is not None, area
        first, last = int(found[3]), int(found[5] or found[3])
        return [self.value(found[1] or sheet, f"{found[2]}{line}") for line in range(first, last + 1)]
