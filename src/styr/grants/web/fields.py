"""Fields that forms about grants share."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from styr.kernel.account import Account, InvalidAccountError


def as_uuid(value: object) -> UUID:
    """An id, from its text or from itself."""
    return UUID(str(value))


class DayField(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**given)

    def clean(self, value: Any) -> date | None:
        """The day, within the years that the register reckons with."""
        day: date | None = super().clean(value)
        if day is not None and not date(1990, 1, 1) <= day <= date(2099, 12, 31):
            raise forms.ValidationError("Skriv en dato mellem 1990 og 2099.")
        return day


class AmountField(forms.DecimalField):
    """A number written in Danish, `1.234,50`, with as many decimals as the register keeps."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("min_value", 0)
        given.setdefault("max_value", Decimal(10**9))
        super().__init__(max_digits=14, decimal_places=4, localize=True, **given)


class AccountField(forms.CharField):
    """An account string: sixteen digits, however they are spaced; the cleaned value is the digits alone."""

    def clean(self, value: Any) -> str:
        """The digits."""
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return str(Account.parse(text))
        except InvalidAccountError:
            digits = sum(letter.isdigit() for letter in text)
            raise forms.ValidationError(f"En kontostreng har seksten cifre; her er {digits}.") from None


PARTS = (
    ("main_account", "hovedkonto"),
    ("main_function", "hovedfunktion"),
    ("function", "funktion"),
    ("operation", "dranst"),
    ("ownership", "ejerforhold"),
    ("cost_centre", "omkostningssted"),
    ("grouping", "gruppering"),
    ("main_type", "hovedart"),
    ("type", "art"),
)


def account_parts(digits: str) -> list[tuple[str, str]]:
    """Each part of an account string with its Danish name; nothing when it is not whole."""
    try:
        account = Account.parse(digits)
    except InvalidAccountError:
        return []
    return [(title, getattr(account, name)) for name, title in PARTS]
