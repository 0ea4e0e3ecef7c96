"""Forms about what is agreed beside prices, and what is due by a contract."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from styr.contracts.agreeing import NewSupplement
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import DutyKind, IndexKind, NoticeFrom
from styr.ui.fields import AmountField, DayField
from styr.workspace.web.contracts.forms import PERCENT, SeenForm


def _days(label: str, said: str = "") -> forms.IntegerField:
    """A number of days that may be left out, at most ten years."""
    return forms.IntegerField(label=label, help_text=said, required=False, min_value=0, max_value=3660)


class AgreedForm(SeenForm):
    """Terms of death, moving, vacancy, indexation and invoicing, from a day; a field left empty is not agreed."""

    valid_from = DayField(label="Gælder fra")
    days_after_death = _days(
        "Dage, der betales efter dødsfald",
        "0: der betales til og med dødsdagen. Betales der i opsigelsesperioden, skrives dens dage.",
    )
    days_after_move = _days("Dage, der betales efter fraflytning")
    vacancy = AmountField(
        label="Betaling før indflytning i procent",
        required=False,
        max_value=100,
        max_digits=7,
        decimal_places=2,
        help_text="0: der betales fra den dag, borgeren faktisk flytter ind. 100: fra aftalt start.",
    )
    notice_from = forms.ChoiceField(
        label="Opsigelsesvarslet regnes", choices=[(one.value, one.danish) for one in NoticeFrom]
    )
    index_kind = forms.ChoiceField(
        label="Indeksering",
        required=False,
        choices=[("", "Ikke aftalt"), *((one.value, one.danish) for one in IndexKind)],
    )
    index_percent = AmountField(
        label="Procent om året",
        required=False,
        min_value=-50,
        max_value=50,
        max_digits=7,
        help_text="Fast procent, eller det højeste, som PL-fremskrivningen må give.",
    )
    invoice_days = _days("Faktura senest, dage efter perioden", "Fra periodens sidste dag.")
    title = forms.CharField(
        label="Tillæggets indhold",
        required=False,
        max_length=200,
        help_text="Udfyldes, når vilkårene ændres, efter at kontrakten er underskrevet.",
    )
    signed_on = DayField(label="Tillægget er underskrevet den", required=False)

    def clean(self) -> dict[str, Any]:
        """A supplement has both its words and its day; a fixed percentage is written."""
        given = super().clean() or {}
        if bool(given.get("title")) != bool(given.get("signed_on")):
            missing = "signed_on" if given.get("title") else "title"
            self.add_error(missing, "Et tillæg skal have både indhold og dato for underskrift.")
        kind, percent = given.get("index_kind"), given.get("index_percent")
        if kind == IndexKind.PERCENT and percent is None:
            self.add_error("index_percent", "Skriv den aftalte procent.")
        if percent is not None and kind in {"", IndexKind.FIXED.value}:
            self.add_error("index_percent", "Procenten hører til PL-fremskrivning eller fast procent.")
        return given

    def agreement(self) -> Agreement:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        vacancy = given["vacancy"]
        return Agreement(
            days_after_death=given["days_after_death"],
            days_after_move=given["days_after_move"],
            vacancy_billable=None if vacancy is None else vacancy / PERCENT,
            notice_from=NoticeFrom(given["notice_from"]),
            index_kind=IndexKind(given["index_kind"]) if given["index_kind"] else None,
            index_percent=given["index_percent"],
            invoice_days=given["invoice_days"],
        )

    def supplement(self) -> NewSupplement | None:
        """The supplement, where one is named."""
        given = self.cleaned_data
        return NewSupplement(title=given["title"], signed_on=given["signed_on"]) if given["title"] else None

    @staticmethod
    def written(terms: Agreement) -> dict[str, Any]:
        """The fields as they are filled in for terms."""
        return {
            "days_after_death": terms.days_after_death,
            "days_after_move": terms.days_after_move,
            "vacancy": None if terms.vacancy_billable is None else terms.vacancy_billable * PERCENT,
            "notice_from": terms.notice_from.value,
            "index_kind": terms.index_kind.value if terms.index_kind else "",
            "index_percent": terms.index_percent,
            "invoice_days": terms.invoice_days,
        }


class MoveInForm(SeenForm):
    """The day the citizen in fact moved in."""

    moved_in_on = DayField(
        label="Borgeren flyttede faktisk ind den",
        required=False,
        help_text="Tomt felt: som aftalt ved kontraktens start.",
    )


class NoticeForm(SeenForm):
    """The day notice was given."""

    given_on = DayField(label="Opsagt den", help_text="Sidste dag regnes efter kontraktens varsel.")


class FrameworkForm(SeenForm):
    """The framework agreement that the contract is made under."""

    framework = forms.TypedChoiceField(label="Rammeaftale", required=False, coerce=UUID, empty_value=None)

    def __init__(self, *given: Any, frameworks: Iterable[tuple[Any, str]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["framework"].choices = [("", "Ingen rammeaftale"), *frameworks]  # type: ignore[attr-defined]  # a choice field


class KeeperForm(SeenForm):
    """Who keeps the contract's dates."""

    keeper = forms.TypedChoiceField(
        label="Ansvarlig for kontraktens frister", required=False, coerce=UUID, empty_value=None,
        help_text="Den ansvarlige mindes om fristerne; uden en ansvarlig mindes alle kontraktforhandlere.",
    )  # fmt: skip

    def __init__(self, *given: Any, able: Iterable[tuple[Any, str]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["keeper"].choices = [("", "Ingen bestemt"), *able]  # type: ignore[attr-defined]  # a choice field


class DutyForm(SeenForm):
    """Something due by the contract."""

    kind = forms.ChoiceField(label="Hvad", choices=[(kind.value, kind.danish.capitalize()) for kind in DutyKind])
    note = forms.CharField(label="Nærmere", required=False, max_length=200)
    due_on = DayField(label="Frist")
    every_months = forms.IntegerField(
        label="Gentages hver ... måned",
        required=False,
        min_value=1,
        max_value=120,
        help_text="12 er en gang om året. Tomt felt: kun denne gang.",
    )
