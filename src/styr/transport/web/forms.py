"""The filters of transport's lists."""

from __future__ import annotations

from typing import Final

from django import forms

from styr.transport.core.booked_cost import UNPLACED
from styr.transport.core.codes import OperatorKind
from styr.transport.posting_queries import PostingsOf
from styr.ui.filters import FilterForm

KINDS: Final = [("", "Alle"), *((one.value, one.danish.capitalize()) for one in OperatorKind)]


class CostPostingsForm(FilterForm):
    """Which postings: the year, the area and who drove."""

    aar = forms.IntegerField(label="År", min_value=2007, max_value=2199)
    omraade = forms.IntegerField(label="Område nr.", min_value=1, max_value=999)
    operatoer = forms.ChoiceField(label="Operatør", choices=[*KINDS, (UNPLACED, "Ikke placeret")])
    this_year = 2026

    def wanted(self) -> PostingsOf:
        """The filter as the query understands it."""
        asked = self.values
        return PostingsOf(asked["aar"] or self.this_year, asked["omraade"], asked["operatoer"] or "")
