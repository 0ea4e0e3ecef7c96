"""Form fields that read what Danes write: days, and numbers with point for thousands and comma for decimals."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from styr.kernel.danish import danish_number

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
_NUMBER: Final = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


class DayField(forms.DateField):
    """A day, picked in the browser's own calendar, within the years that the registers reckon with."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**given)

    def clean(self, value: Any) -> date | None:
        """The day."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError("Skriv en dato mellem 1990 og 2099.")
        return day


class AmountField(forms.DecimalField):
    """A number written in Danish: `1.234,50`, `1234,5` or `1234`.

    A point that does not part thousands is refused: "1.5" may mean one and a half or fifteen, and "12.50" likewise.
    """

    def __init__(self, **given: Any) -> None:
        given.setdefault("min_value", 0)
        given.setdefault("max_value", Decimal(10**9))
        given.setdefault("max_digits", 14)
        given.setdefault("decimal_places", 4)
        given.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**given)

    def to_python(self, value: Any) -> Any:
        """The number; raises `ValidationError` for what is none."""
        if isinstance(value, str) and value.strip():
            text = re.sub(r"[\s\u00a0]|kr\.?$", "", value.strip())
            if not _NUMBER.fullmatch(text):
                raise forms.ValidationError("Skriv et tal med komma før decimalerne, fx 1.234,50.")
            value = text.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A number as it is written in Danish; what was typed stays as it was typed."""
        return danish_number(value) if isinstance(value, Decimal | int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another number is written."""
        try:
            return bool(self.to_python(data) != (None if initial is None else Decimal(initial)))
        except forms.ValidationError:
            return True
