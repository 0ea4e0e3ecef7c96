"""The gallery: every component of the design system on a few pages, for its tests and for whoever draws a new one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from styr.ui import charts
from styr.ui.lists import (
    Bulk,
    BulkButton,
    Column,
    FilterForm,
    Kind,
    ListPage,
    ListSpec,
    Sort,
    Tag,
    list_response,
)
from styr.ui.palette import Group, Hit, asked_by_palette, palette_response
from styr.ui.toasts import tell, tell_with_undo, warn

SOMEONE = {"request_user": SimpleNamespace(name="Lone Kjær"), "municipality_name": "Vesterhav Kommune"}


@dataclass(frozen=True, slots=True)
class Invoice:
    id: int
    supplier: str
    number: str
    amount_ore: int
    due: date
    finding: str
    share: Decimal
    received: datetime


NAMES = ("Bostedet Lindevang ApS", "Fonden Havblik", "=SUM(A1:A9)", "Opholdsstedet Egekrogen", "Vestkystens Minibusser")
FINDINGS = ("Takst +4,2 %", "", "Dobbeltfaktura?", "", "Mangler bevilling")
INVOICES = tuple(
    Invoice(
        id=number,
        supplier=NAMES[number % 5],
        number=f"F-{20400 + number}",
        amount_ore=4_780_250 + number * 100_003,
        due=date(2026, 11, 1 + number % 28),
        finding=FINDINGS[number % 5],
        share=Decimal(number % 100) / 100,
        received=datetime(2026, 11, 21, 8, 12, tzinfo=UTC),
    )
    for number in range(213)
)


class InvoiceFilter(FilterForm):
    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(label="Status", choices=[("", "Alle"), ("off", "Afvigelser"), ("ok", "Ingen afvigelse")])
    frist = forms.DateField(label="Frist til og med", widget=forms.DateInput(attrs={"type": "date"}))
    mine = forms.BooleanField(label="Kun mine")


def finding_tag(row: Invoice) -> Tag:
    if not row.finding:
        return Tag("Ingen afvigelse", "quiet")
    return Tag(row.finding, "danger" if row.finding == "Mangler bevilling" else "warning", "triangle-alert")


SPEC = ListSpec(
    name="fakturaer",
    title="Fakturaer",
    one="faktura",
    many="fakturaer",
    default_sort="due",
    size=25,
    row_id=lambda row: row.id,
    columns=(
        Column("supplier", "Leverandør og faktura", sort="supplier", link=lambda row: f"/rude/?nr={row.id}",
               note=lambda row: row.number, fixed=True),
        Column("finding", "Afvigelse", Kind.TAG, value=finding_tag),
        Column("due", "Frist", Kind.DATE, sort="due"),
        Column("received", "Modtaget", Kind.MOMENT, shown=False),
        Column("share", "Andel", Kind.SHARE),
        Column("amount_ore", "Beløb", Kind.MONEY, sort="amount_ore", lead=True),
        Column("number", "Fakturanummer", only_excel=True),
    ),
    empty_title="Ingen fakturaer endnu",
    empty_text="Når der er læst fakturaer ind, står de her.",
)  # fmt: skip


def fetch(wanted: dict[str, object], sort: Sort, page: int, size: int) -> ListPage[Invoice]:
    rows = [
        row
        for row in INVOICES
        if (not wanted["status"] or bool(row.finding) == (wanted["status"] == "off"))
        and str(wanted["q"] or "").lower() in row.supplier.lower()
    ]
    if sort.by:
        rows = sorted(rows, key=lambda row: getattr(row, sort.by), reverse=sort.falling)
    pages = max(1, -(-len(rows) // size))
    page = min(page, pages)
    return ListPage(rows[(page - 1) * size : page * size], page, pages, len(rows))


class GrantForm(forms.Form):
    borger = forms.CharField(label="Borger", help_text="Navn eller de seks første cifre")
    paragraf = forms.ChoiceField(
        label="Paragraf", choices=[("107", "SEL § 107"), ("108", "SEL § 108 " + "med en lang betegnelse " * 4)]
    )
    start = forms.DateField(label="Første dag", widget=forms.DateInput(attrs={"type": "date"}))
    slut = forms.DateField(label="Sidste dag", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    takst = forms.DecimalField(label="Takst pr. døgn", help_text="Kroner", max_value=9999)
    haster = forms.BooleanField(
        label="Bevillingen haster", required=False, help_text="Lederen får besked med det samme"
    )
    enhed = forms.ChoiceField(
        label="Enhed", widget=forms.RadioSelect, choices=[("doegn", "Døgn"), ("time", "Time"), ("uge", "Uge")]
    )
    ydelser = forms.MultipleChoiceField(
        label="Ydelser", required=False, widget=forms.CheckboxSelectMultiple, choices=[("a", "Ophold"), ("b", "Støtte")]
    )
    grund = forms.CharField(label="Faglig begrundelse", widget=forms.Textarea, help_text="Borgeren kan læse den")


def components(request: HttpRequest) -> HttpResponse:
    if "fejl" in request.GET:
        form = GrantForm({"takst": "12000", "borger": ""})
    else:
        form = GrantForm()
        tell(request, "Bevillingen er gemt.")
        tell_with_undo(request, "Fakturaen er godkendt.", undo="/fortryd/")
        warn(request, "Fakturaen kunne ikke godkendes.")
        messages.info(request, "Nye satser gælder fra 1. januar.")
    changes = [
        {"label": "Takst", "before": "1.480,00 kr.", "now": "1.512,00 kr.", "mine": "1.500,00 kr."},
        {"label": "Sidste dag", "before": None, "now": "31. dec. 2026", "mine": None},
    ]
    return render(request, "gallery/components.html", {"section": "start", "form": form, "changes": changes})


def listing(request: HttpRequest) -> HttpResponse:
    bulk = Bulk("/flere/", (BulkButton("Godkend", value="godkend", tone="primary", icon="check", key="g"),))
    context = {"section": "invoices", "list_summary": "12.345.678 kr."}
    empty = "tom" in request.GET
    return list_response(
        request,
        SPEC,
        (lambda *_: ListPage((), 1, 1, 0)) if empty else fetch,
        InvoiceFilter(request.GET),
        context,
        template="gallery/list.html",
        bulk=bulk,
    )


MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
SPENT = (80, 81, 83, 97, 99, 102, 96, 105, 106, 110)


def year() -> list[charts.Month]:
    """Ten months spent and two expected, over a budget that rose in April; in thousands of kroner."""
    return [
        charts.Month(
            label,
            actual_ore=SPENT[at] * 100_000 if at < len(SPENT) else None,
            forecast_ore=None if at < len(SPENT) else 112 * 100_000,
            budget_ore=(82 if at < 3 else 96) * 100_000,
            address=f"/liste/?maaned={at + 1}",
        )
        for at, label in enumerate(MONTHS)
    ]


def drawings(request: HttpRequest) -> HttpResponse:
    """The charts."""
    shown = {
        "Budget og forbrug pr. måned": charts.bars_per_month(
            charts.Words("aar", "Budget og forbrug pr. måned", "Forbruget er over budget fra april."), year()
        ),
        "Fra budget til prognose": charts.waterfall(
            charts.Words("vej", "Fra budget til prognose", "Takster og nye bevillinger løfter udgiften."),
            [
                charts.Step("Budget", 111_000_000, total=True),
                charts.Step("Takster", 5_400_000),
                charts.Step("Nye bevillinger", 8_900_000),
                charts.Step("Stoppede", -6_950_000),
                charts.Step("Prognose", 118_350_000, total=True),
            ],
        ),
        "Største leverandører": charts.horizontal_bars(
            charts.Words("leverandoerer", "Største leverandører", "Bostedet Lindevang er størst."),
            [
                charts.Bar("Bostedet Lindevang ApS", 433_152_00, "38 %", address="/liste/"),
                charts.Bar("Opholdsstedet Egekrogen med et langt navn", 310_000_00, "27 %"),
                charts.Bar("Fonden Havblik", 112_640_00, "10 %", tone="over"),
            ],
        ),
        "Bevillinger i 2026": charts.timeline(
            charts.Words("tid", "Bevillinger i 2026", "Tre bevillinger, en er udløbet."),
            [
                charts.Span("Midlertidigt botilbud", date(2025, 2, 1), date(2026, 10, 29), "over", "udløbet"),
                charts.Span("Beskyttet beskæftigelse", date(2026, 1, 1), None, "good"),
                charts.Span("Socialpædagogisk støtte", date(2026, 11, 1), date(2027, 4, 1), "planned"),
            ],
            charts.Window(date(2026, 1, 1), date(2027, 1, 1), today=date(2026, 11, 21)),
        ),
    }
    spark = charts.sparkline([4, 5, 5, 7, 6, 9], title="Stigende over seks måneder")
    return render(request, "gallery/charts.html", {"section": "start", "charts": shown, "spark": spark})


def panes(request: HttpRequest) -> HttpResponse:
    chosen = int(request.GET.get("nr", "0"))
    context = {"section": "invoices", "rows": INVOICES[:40], "chosen": INVOICES[chosen % len(INVOICES)]}
    return render(request, "gallery/panes.html", context)


def search(request: HttpRequest) -> HttpResponse:
    words = request.POST.get("q", "")
    hits = tuple(
        Hit(f"{row.supplier} · {row.number}", f"/rude/?nr={row.id}", "file-check", "Faktura")
        for row in INVOICES
        if words.lower() in row.supplier.lower()
    )[:6]
    groups = [Group("Fakturaer", hits), Group("Handlinger", (Hit("Opret bevilling", "/", "plus"),))] if hits else []
    if asked_by_palette(request):
        return palette_response(request, groups, words=words)
    return render(request, "gallery/components.html", {"form": GrantForm()})


def done(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/done.html", {"method": request.method, "chosen": request.POST.getlist("valgt")})


urlpatterns = [
    path("", components, name="start"),
    path("liste/", listing, name="invoices"),
    path("rude/", panes, name="invoice"),
    path("diagrammer/", drawings, name="drawings"),
    path("soeg/", search, name="search"),
    path("beskeder/", components, name="notices"),
    path("konto/", components, name="account"),
    path("borgere/", components, name="citizens"),
    path("bevillinger/", components, name="grants"),
    path("kontrakter/", components, name="contracts"),
    path("leverandoerer/", components, name="suppliers"),
    path("afvigelser/", components, name="findings"),
    path("indlaesninger/", components, name="imports"),
    path("opsaetning/", components, name="settings"),
    path("hjaelp/", components, name="help"),
    path("tilgaengelighed/", components, name="accessibility"),
    path("konto/log-ud/", done, name="account_logout"),
    path("fortryd/", done),
    path("flere/", done),
    path("filtre/ny/", done, name="saved_filter_new"),
    path("filtre/<int:saved_id>/slet/", done, name="saved_filter_delete"),
]
