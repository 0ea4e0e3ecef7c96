"""The list of imports: its columns, its filter, and how it is asked for."""

from django import forms
from django.urls import reverse

from styr.integrations.queries import ProblemView, RunFilter, RunView, problem_page, runs
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag

_TONES = {"færdig": "good", "i gang": "info", "standset": "danger", "afbrudt": "warning", "fortrudt": "warning"}


class RunFilterForm(FilterForm):
    """What one asks of the list of imports."""

    q = forms.CharField(label="Søg fil eller person", widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(
        label="Status",
        choices=[
            ("", "Alle"),
            ("finished", "Færdig"),
            ("failed", "Standset"),
            ("interrupted", "Afbrudt"),
            ("running", "I gang"),
            ("undone", "Fortrudt"),
            ("undoing", "Fortrydelser"),
        ],
    )
    fra = forms.DateField(label="Fra dato", widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> RunFilter:
        """The filter as the query takes it."""
        values = self.values
        return RunFilter(words=values["q"] or "", state=values["status"] or "", since=values["fra"])


def state_tag(run: RunView) -> Tag:
    """The import's state as a tag."""
    return Tag(run.state.capitalize(), _TONES.get(run.state, "quiet"))


RUNS = ListSpec(
    name="indlaesninger",
    title="Indlæsninger",
    one="indlæsning",
    many="indlæsninger",
    default_sort="-started",
    size=50,
    columns=(
        Column(
            "what",
            "Indlæst",
            value=lambda run: run.what,
            link=lambda run: reverse("import_run", args=[run.id]),
            fixed=True,
        ),
        Column("started_at", "Tidspunkt", Kind.MOMENT, sort="started"),
        Column("actor", "Af", sort="who"),
        Column("state", "Status", Kind.TAG, value=state_tag, sort="state"),
        Column("files", "Filer", Kind.NUMBER, lead=True),
        Column("new", "Nye rækker", Kind.NUMBER),
        Column("changed", "Ændrede rækker", Kind.NUMBER),
        Column("invoices", "E-fakturaer", Kind.NUMBER),
        Column("problems", "Fejl", Kind.NUMBER, tone=lambda run: "danger" if run.problems else ""),
    ),
    empty_title="Der er ikke indlæst noget endnu",
    empty_text="Træk filer ind i feltet ovenfor, eller følg »Kom i gang«.",
)


def fetch_runs(wanted: RunFilter, sort: Sort, page: int, size: int) -> ListPage[RunView]:
    """A page of imports."""
    rows, total = runs(wanted, sort=sort.by, falling=sort.falling, offset=(page - 1) * size, limit=size)
    if not rows and total:
        page = -(-total // size)
        rows, total = runs(wanted, sort=sort.by, falling=sort.falling, offset=(page - 1) * size, limit=size)
    return ListPage.of(rows, page=page, size=size, total=total)


class ProblemFilterForm(FilterForm):
    """What one asks of the list of problems."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Fil, kolonne eller fejl"})
    )

    def wanted(self) -> str:
        """The words."""
        return (self.values["q"] or "").strip()


PROBLEMS = ListSpec(
    name="fejl-i-filer-der-er-holdt-ude",
    title="Filer, der er holdt ude",
    one="fejl",
    many="fejl",
    columns=(
        Column("fil", "Fil", value=lambda one: one.file, note=lambda one: one.sheet and f"ark {one.sheet}",
               sort="fil", fixed=True),
        Column("raekke", "Række", Kind.NUMBER, value=lambda one: one.row, sort="raekke"),
        Column("kolonne", "Kolonne", value=lambda one: one.column, sort="kolonne"),
        Column("vaerdi", "Værdi", value=lambda one: one.value),
        Column("fejl", "Hvad er galt", value=lambda one: one.message, sort="fejl"),
        Column("rettelse", "Sådan rettes det", value=lambda one: one.mend),
    ),
    empty_icon="circle-check",
    empty_title="Ingen filer er holdt ude",
    empty_text="Alle filer er læst ind.",
)  # fmt: skip


def fetch_problems(wanted: str, sort: Sort, page: int, size: int) -> ListPage[ProblemView]:
    """A page of the problems."""
    rows, total = problem_page(wanted, order=(sort.by, sort.falling), part=((page - 1) * size, size))
    return ListPage.of(rows, page=page, size=size, total=total)
