from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from styr.ui.columns import Column, Kind, ListPage, ListSpec, Sort, Tag
from styr.ui.filters import FilterForm
from styr.ui.list_cells import cell, rows_html, text_of
from styr.ui.list_state import ListState
from styr.ui.sealed_words import is_sealed, opened, seal
from styr.ui.templatetags.lists import near_pages, page_address

GRANTED = Tag("Bevilget", "good", "circle-check")


@dataclass(frozen=True, slots=True)
class Grant:
    number: str = "B1234567-8"
    amount_ore: int | None = 123_456_750
    starts: date | None = date(2026, 2, 1)
    ends: date | None = date(2026, 11, 1)
    rate: Decimal = Decimal("1480.5")
    share: float = 0.0664
    seen: datetime = datetime(2026, 11, 21, 8, 12, tzinfo=UTC)
    status: Tag | None = GRANTED


SPEC = ListSpec(
    name="bevillinger", title="Bevillinger", one="bevilling", many="bevillinger", default_sort="-starts",
    columns=(
        Column("number", "Bevilling", sort="grant_number", link=lambda row: f"/bevillinger/{row.number}/", fixed=True),
        Column("status", "Status", Kind.TAG),
        Column("starts", "Fra", Kind.DATE, sort="starts"),
        Column("ends", "Til og med", Kind.LAST_DAY, shown=False),
        Column("amount_ore", "Beløb", Kind.MONEY, sort="amount", lead=True),
        Column("rate", "Takst", Kind.RATE, only_excel=True),
    ),
)  # fmt: skip


class GrantFilter(FilterForm):
    q = forms.CharField(label="Søg")
    status = forms.ChoiceField(label="Status", choices=[("", "Alle"), ("granted", "Bevilget"), ("draft", "Kladde")])
    sections = forms.MultipleChoiceField(label="Paragraf", choices=[("107", "§ 107"), ("85", "§ 85")])
    due = forms.DateField(label="Frist")
    mine = forms.BooleanField(label="Kun mine")
    fane = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.HiddenInput)


def state(address: str) -> ListState:
    query = QueryDict(address)
    return ListState.read(SPEC, query, GrantFilter(query))


X = seal("x")


class TestFilter:
    def test_what_is_written_freely_is_sealed_in_every_address_and_read_again(self) -> None:
        clear = GrantFilter(QueryDict("q=Ida Østergård&status=draft"))
        (sealed,) = clear.address["q"]
        assert is_sealed(sealed)
        again = GrantFilter(QueryDict(f"q={sealed}"))
        assert again.values["q"] == "Ida Østergård"
        assert again.address == {"q": [sealed]}
        assert again["q"].value() == "Ida Østergård"
        assert clear.free == ["q"]
        told = [chip.address for chip in clear.chips({})] + [ListState.read(SPEC, QueryDict(), clear).address()]
        assert not any("Ida" in one or "sterg" in one for one in told)
        assert [chip.text for chip in clear.chips({})] == ["Søg: Ida Østergård", "Status: Kladde"]
        assert clear.address["status"] == ["draft"]

    @pytest.mark.parametrize("word", ["~", "~abc", "~" + "A" * 60, "~Ø"])
    def test_a_sealed_word_that_does_not_open_asks_for_nothing(self, word: str) -> None:
        assert GrantFilter(QueryDict(f"q={word}")).values["q"] is None

    def test_words_that_mean_nothing_are_dropped_and_the_rest_holds(self) -> None:
        form = GrantFilter(QueryDict("status=nonsense&q=hav&due=32-13-2026&sections=85&sections=999&other=1"))
        assert form.values == {"q": "hav", "status": None, "sections": None, "due": None, "mine": None, "fane": None}
        assert list(form.address) == ["q"]
        assert [opened(word) for word in form.address["q"]] == ["hav"]
        assert form.errors == {}

    def test_each_filter_in_force_is_a_chip_that_takes_only_itself_away(self) -> None:
        form = GrantFilter(QueryDict("q=a%26b&status=granted&sections=85&sections=107&mine=on&fane=b"))
        chips = {chip.text: QueryDict(chip.address[1:]) for chip in form.chips({"sorter": ["number"]})}
        assert list(chips) == ["Søg: a&b", "Status: Bevilget", "Paragraf: § 85, § 107", "Kun mine: ja"]
        for text, left in chips.items():
            assert left.getlist("sorter") == ["number"], text
            assert left["fane"] == "b"
        assert "q" not in chips["Søg: a&b"]
        assert chips["Status: Bevilget"].getlist("sections") == ["85", "107"]

    def test_a_tab_is_not_a_filter(self) -> None:
        assert GrantFilter(QueryDict("fane=a")).active is False
        assert GrantFilter(QueryDict("fane=a&mine=on")).active is True

    def test_a_date_is_told_in_danish(self) -> None:
        assert GrantFilter(QueryDict("due=2026-11-21")).told() == [("Frist", "21. nov. 2026")]

    @given(
        st.dictionaries(
            st.sampled_from(["q", "status", "sections", "due", "mine", "fane", "side"]), st.text(max_size=30)
        )
    )
    def test_any_address_opens(self, words: dict[str, str]) -> None:
        query = QueryDict(mutable=True)
        query.update(words)
        form = GrantFilter(query)
        assert set(form.values) == set(form.fields)
        form.chips({})


class TestState:
    def test_order_page_and_columns_stand_in_the_address(self) -> None:
        read = state(f"sorter=-amount_ore&side=3&kolonner=ends,amount_ore&q={X}")
        assert read.sort == Sort("amount", falling=True)
        assert read.page == 3
        assert [column.key for column in read.columns] == ["number", "ends", "amount_ore"]
        assert read.address() == f"?q={X}&sorter=-amount_ore&kolonner=ends,amount_ore"

    def test_without_an_address_the_list_has_its_own_order_and_columns(self) -> None:
        read = state("")
        assert read.sort == Sort("starts", falling=True)
        assert [column.key for column in read.columns] == ["number", "status", "starts", "amount_ore"]
        assert read.address() == "?"

    @pytest.mark.parametrize(
        "address",
        ["sorter=status", "sorter=-", "sorter=nonsense", "side=-1", "side=x", "side=99999999999", "kolonner=q"],
    )
    def test_nonsense_gives_the_lists_own(self, address: str) -> None:
        assert state(address) == state("")

    def test_a_page_may_have_more_rows_and_keeps_them_through_order_and_filter(self) -> None:
        read = state(f"antal=200&q={X}")
        assert read.size == 200
        assert read.address(sorter="ends") == f"?q={X}&antal=200&sorter=ends"
        assert read.sizes == [(50, f"?q={X}"), (100, f"?q={X}&antal=100"), (200, f"?q={X}&antal=200")]
        assert state("antal=51").size == state("antal=100000").size == SPEC.size

    def test_a_press_on_a_head_sorts_rising_and_then_falling(self) -> None:
        amount = SPEC.columns[4]
        assert state("").sort_address(amount) == "?sorter=amount_ore"
        assert state("sorter=amount_ore").sort_address(amount) == "?sorter=-amount_ore"
        assert state("sorter=-amount_ore").sorted_by(amount) == "descending"

    def test_a_column_only_for_excel_cannot_be_chosen(self) -> None:
        assert "rate" not in [column.key for column in state("kolonner=rate,status").columns]


class TestCells:
    @pytest.mark.parametrize(
        ("key", "kind", "text"),
        [
            ("amount_ore", Kind.MONEY, "1.234.568 kr."),
            ("starts", Kind.DATE, "1. feb. 2026"),
            ("ends", Kind.LAST_DAY, "31. okt. 2026"),
            ("rate", Kind.RATE, "1.480,50 kr."),
            ("share", Kind.SHARE, "6,6 %"),
            ("seen", Kind.MOMENT, "21. nov. 2026 kl. 09.12"),
            ("status", Kind.TAG, "Bevilget"),
            ("number", Kind.TEXT, "B1234567-8"),
        ],
    )
    def test_values_are_written_as_danes_read_them(self, key: str, kind: Kind, text: str) -> None:
        assert text_of(Column(key, "x", kind), Grant()) == text

    def test_nothing_is_an_empty_cell_and_not_zero(self) -> None:
        assert cell(SPEC.columns[4], Grant(amount_ore=None)) == '<td class="number lead-figure"></td>'
        assert cell(SPEC.columns[4], Grant(amount_ore=0)).endswith(">0 kr.</td>")

    def test_the_first_cell_leads_to_the_row(self) -> None:
        assert cell(SPEC.columns[0], Grant(), first=True) == (
            '<td class="first"><a href="/bevillinger/B1234567-8/">B1234567-8</a></td>'
        )

    def test_a_tag_has_its_tone_and_icon(self) -> None:
        drawn = cell(SPEC.columns[1], Grant())
        assert 'class="tag tag--good"' in drawn
        assert "#circle-check" in drawn

    def test_the_tone_of_a_cell_stands_beside_its_alignment(self) -> None:
        def late(_: Grant) -> str:
            return "danger"

        assert 'class="danger nowrap"' in cell(Column("starts", "Fra", Kind.DATE, tone=late), Grant())
        assert cell(Column("number", "Nr.", tone=late), Grant()).startswith('<td class="danger"')

    @pytest.mark.parametrize(
        "column",
        [
            Column("number", "Nr."),
            Column("number", "Nr.", link=lambda row: f"/x/?{row.number}"),
            Column("starts", "<b>", note=lambda row: row.number),
            Column("status", "x", Kind.TAG, value=lambda row: Tag(row.number, row.number)),
            Column("starts", "x", tone=lambda row: row.number),
        ],
    )
    def test_somebodys_text_is_never_html(self, column: Column) -> None:
        evil = Grant(number='"><script>alert(1)</script>')
        made = rows_html(SPEC, [column], [evil], select="valg")
        assert "<script" not in made

    def test_selection_wants_an_id(self) -> None:
        assert "checkbox" not in rows_html(SPEC, SPEC.standard, [Grant()], select="valg")


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_the_pages_near_are_shown(page: int, pages: int, shown: list[int | None]) -> None:
    assert near_pages(ListPage((), page, pages, 0)) == shown


@pytest.mark.parametrize(
    ("address", "number", "becomes"),
    [("?", 1, "?"), ("?", 2, "?side=2"), ("?q=x", 2, "?q=x&side=2"), ("?q=x", 1, "?q=x")],
)
def test_a_page_has_its_address(address: str, number: int, becomes: str) -> None:
    assert page_address(address, number) == becomes


def test_a_page_of_rows_counts_its_pages() -> None:
    assert [ListPage.of((), page=1, size=50, total=total).pages for total in (0, 1, 50, 51)] == [1, 1, 1, 2]
