"""The list that holds one clause of all contracts beside itself."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.urls import reverse

from styr.contracts.queries import sections_on
from styr.controls.core.explain import section
from styr.texts.comparing import ComparedContract, ComparisonFilter, clause_names
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag

_FIRST: Final = "notice"
_MOST_DAYS: Final = 3650
_VERDICTS: Final = {
    "red": Tag("Risiko", "danger", "triangle-alert"),
    "missing": Tag("Mangler", "warning"),
    "ok": Tag("I orden", "good", "check"),
}


class ClauseFilterForm(FilterForm):
    """Which clause, and of which contracts."""

    vilkaar = forms.ChoiceField(label="Vilkår")
    vurdering = forms.ChoiceField(
        label="Vurdering",
        choices=[
            ("", "Alle"), ("red", "Risiko"), ("missing", "Mangler"), ("ok", "I orden"), ("none", "Intet læst dokument"),
        ],
    )  # fmt: skip
    mindst = forms.IntegerField(label="Mindst dage", min_value=0, max_value=_MOST_DAYS)
    hoejst = forms.IntegerField(label="Højst dage", min_value=0, max_value=_MOST_DAYS)
    paragraf = forms.ChoiceField(label="Paragraf")
    ogsaa_afsluttede = forms.BooleanField(label="Også afsluttede")

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        known = [(code, section(code)) for code in sections_on(today)]
        offered = {"vilkaar": [(_FIRST, "Opsigelse"), *_others()], "paragraf": [("", "Alle"), *known]}
        super().__init__(*given, offered=offered, **named)

    def wanted(self) -> ComparisonFilter:
        """The filter as the comparison understands it."""
        told = self.values
        return ComparisonFilter(
            clause=told["vilkaar"] or _FIRST,
            verdict=told["vurdering"] or None,
            section=told["paragraf"] or None,
            least=told["mindst"],
            most=told["hoejst"],
            running_on=None if told["ogsaa_afsluttede"] else self.today,
        )


def _others() -> list[tuple[str, str]]:
    return [(code, title) for code, title in clause_names().items() if code != _FIRST]


def _verdict(row: ComparedContract) -> Tag:
    return _VERDICTS.get(row.verdict or "", Tag("Intet dokument", "quiet"))


def _days(row: ComparedContract) -> str:
    """The days of the sentence, "30 til 180" when it names several."""
    if row.least_days is None or row.most_days is None:
        return ""
    least, most = _whole(row.least_days), _whole(row.most_days)
    return most if least == most else f"{least} til {most}"


def _whole(days: Decimal) -> str:
    return f"{days.normalize():f}".replace(".", ",")


def _difference(row: ComparedContract) -> Tag | None:
    return Tag("Registreret ≠ skrevet", "warning") if row.differs else None


def _document(row: ComparedContract) -> str | None:
    return None if row.document_id is None else reverse("agreement_document", args=[row.document_id])


CLAUSES: Final = ListSpec(
    name="vilkaar-paa-tvaers",
    title="Vilkår på tværs",
    one="kontrakt",
    many="kontrakter",
    default_sort="nummer",
    size=50,
    columns=(
        Column(
            "number", "Kontrakt", sort="nummer", fixed=True, nowrap=True,
            link=lambda row: reverse("contract", args=[row.contract_id]),
        ),
        Column("supplier_name", "Leverandør"),
        Column("section", "Paragraf", value=lambda row: section(row.section), nowrap=True),
        Column("registered_days", "Registreret, dage", Kind.NUMBER, sort="registreret", lead=True),
        Column("days", "Skrevet, dage", value=_days, sort="dage", nowrap=True),
        Column("difference", "", Kind.TAG, value=_difference),
        Column("verdict", "Vurdering", Kind.TAG, value=_verdict, sort="vurdering"),
        Column("said", "Det står der", link=_document),
        Column("ends", "Sidste dag", Kind.LAST_DAY, sort="slut", shown=False),
    ),
    row_id=lambda row: row.contract_id,
    empty_icon="list-checks",
    empty_title="Ingen kontrakter med det vilkår",
    empty_text="Vælg et andet vilkår, eller fjern et filter.",
)  # fmt: skip
