"""Fields that forms about grants share."""

from typing import Any
from uuid import UUID

from django import forms

from styr.kernel.account import Account, InvalidAccountError


def as_uuid(value: object) -> UUID:
    """An id, from its text or from itself."""
    return UUID(str(value))


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
