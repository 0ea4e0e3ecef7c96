"""A form that changes what stands: it is refused when somebody else changed that since the page was opened."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.http import QueryDict

from styr.kernel.danish import danish_date, danish_number

MARK: Final = "seen"
CHANGED: Final = (
    "En anden har rettet siden, mens du havde den åben, og dine rettelser er ikke gemt. Nu står der: {now}. "
    "Gem igen, hvis dine rettelser skal gælde."
)
_LONGEST: Final = 80


class UnchangedForm(forms.Form):
    """Give it what stands now as `initial`, both when it is shown and when it is sent.

    A form that was shown with something else is not valid: it tells what stands now, keeps what the person wrote, and
    is sent again if that shall hold. A sender that carries no mark, a script for one, is not held.
    """

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._stands = mark_of(self.initial)
        self.initial = {**self.initial, MARK: self._stands}

    def clean(self) -> dict[str, Any]:
        """Refuse what was written over something else than what stands now."""
        told = super().clean() or self.cleaned_data
        if told.get(MARK) in {"", None, self._stands}:
            return told
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
        self.data[self.add_prefix(MARK)] = self._stands  # type: ignore[index]  # a QueryDict's copy can be written
        raise forms.ValidationError(CHANGED.format(now=self._now() or "noget andet"), code="changed")

    def _now(self) -> str:
        told = [(bound, self.initial.get(bound.name)) for bound in self.visible_fields()]
        return "; ".join(
            f"{bound.label} »{_shown(bound.field, value)}«"
            for bound, value in told
            if str(value or "") != str(self.cleaned_data.get(bound.name) or "")
        )


def mark_of(stands: Mapping[str, Any]) -> str:
    """A short mark of what stands, by field name: for a form that is written by hand and sends it along as `MARK`."""
    said = {name: "" if value is None else str(value) for name, value in stands.items()}
    return sha256(repr(sorted(said.items())).encode()).hexdigest()[:16]


def _shown(field: forms.Field, value: Any) -> str:
    for code, words in getattr(field, "choices", ()):
        if str(code) == str(value):
            return str(words)
    if isinstance(field, forms.DateField) and value:
        return danish_date(value)
    if isinstance(field, forms.DecimalField) and value is not None:
        return danish_number(value)
    text = " ".join(str(value or "").split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
