"""The form of the daily mail."""

from typing import Any

from django import forms


class MailForm(forms.Form):
    """Whether and where the daily mail goes."""

    daily = forms.BooleanField(label="Send mig en mail hver hverdag morgen", required=False)
    address = forms.EmailField(
        label="Mailadresse",
        required=False,
        max_length=254,
        help_text="Brug din arbejdsmail. Mailen nævner aldrig navne eller CPR-numre.",
    )

    def clean(self) -> dict[str, Any]:
        """The daily mail needs an address."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("daily") and not given.get("address") and "address" not in self.errors:
            self.add_error("address", "Skriv den mailadresse, mailen skal sendes til.")
        return given
