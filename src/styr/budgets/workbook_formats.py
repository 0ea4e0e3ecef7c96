"""The workbook that is being written: how its cells look, and the sheet that its formulas read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

if TYPE_CHECKING:
    from io import BytesIO

ROWS_SHEET: Final = "Rækker"
_OPTIONS: Final = {
    "in_memory": True,  # not streamed to temporary files: the rows name people
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """The workbook being written, with its formats."""

    def __init__(self, target: BytesIO) -> None:
        self.book = xlsxwriter.Workbook(target, _OPTIONS)
        add = self.book.add_format
        self.title = add({"bold": True, "font_size": 16})
        self.quiet = add({"font_color": "#5a6570"})
        self.head = add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.money = add({"num_format": "#,##0;[Red]-#,##0"})
        self.over = add({"num_format": "+#,##0;-#,##0;0"})
        self.share = add({"num_format": "+0.0 %;-0.0 %;0.0 %"})
        self.sum = add({"bold": True, "top": 1, "num_format": "#,##0"})
        self.sum_over = add({"bold": True, "top": 1, "num_format": "+#,##0;-#,##0;0"})
        self.sum_share = add({"bold": True, "top": 1, "num_format": "+0.0 %;-0.0 %;0.0 %"})
        self.bold = add({"bold": True, "top": 1})
        self.input = add({"bg_color": "#fff4d6", "border": 1, "num_format": "0.0"})
        self.choice = add({"bg_color": "#fff4d6", "border": 1})
        self.date = add({"num_format": "d. mmm yyyy", "align": "left"})
