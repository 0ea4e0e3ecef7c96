"""A table of a page is sorted by what its cells write, and shown in parts."""

import re
from urllib.parse import parse_qs

from django.http import QueryDict
from django.template import Context
from django.test import RequestFactory

from styr.ui.table_order import SIZE, part_of, title_word
from styr.ui.templatetags.lists import page_address, table_part

HEAD = (
    '<thead><tr><th scope="col">Måned</th><th scope="col" class="number">Beløb</th><th scope="col">Leverandør</th>'
    '<th scope="col"><span class="visually-hidden">Handling</span></th></tr></thead>'
)
ROWS = [
    ("januar 2027", "1.200 kr.", "Åhuset"),
    ("marts 2026", "-50,50 kr.", "Zonen<small>CVR 1</small>"),
    ("februar 2026", "–", "Ærø Bo 10"),
    ("december 2026", "900 kr.", "Ærø Bo 9"),
]


def table(rows: list[tuple[str, str, str]]) -> str:
    drawn = "".join(
        f'<tr><td class="first"><a href="/{at}/">{a}</a></td><td class="number" data-title="Beløb">{b}</td><td>{c}</td>'
        f'<td><form method="post"><input type="hidden" name="id" value="{at}"></form></td></tr>\n'
        for at, (a, b, c) in enumerate(rows)
    )
    return f"{HEAD}<tbody>{drawn}</tbody><tfoot><tr><td colspan='4'>I alt</td></tr></tfoot>"


def order(words: str, rows: list[tuple[str, str, str]] = ROWS) -> list[int]:
    return [
        int(at) for at in re.findall(r'name="id" value="(\d+)"', part_of(table(rows), "krav", QueryDict(words)).html)
    ]


def test_a_column_is_sorted_by_the_values_that_it_writes_and_what_says_nothing_is_last() -> None:
    assert order("") == [0, 1, 2, 3]
    assert order("sorter-krav=maaned") == [2, 1, 3, 0]
    assert order("sorter-krav=beloeb") == [1, 3, 0, 2]
    assert order("sorter-krav=-beloeb") == [0, 3, 1, 2]
    assert order("sorter-krav=leverandoer") == [1, 3, 2, 0]


def test_an_order_that_there_is_not_or_of_another_table_changes_nothing() -> None:
    for words in ("sorter-krav=handling", "sorter-krav=", "sorter-krav=-", "sorter-andet=beloeb", "side-krav=æ"):
        assert order(words) == [0, 1, 2, 3]


def test_a_head_leads_to_its_order_and_back_and_keeps_the_rest_of_the_address() -> None:
    part = part_of(table(ROWS), "krav", QueryDict("aar=2026&side-krav=2&sorter-krav=beloeb"))
    months, amounts, _ = re.findall(r'<th ([^>]*)><a class="sort" href="\?([^"#]*)#tabel-krav">', part.html)
    assert parse_qs(months[1].replace("&amp;", "&")) == {"aar": ["2026"], "sorter-krav": ["maaned"]}
    assert parse_qs(amounts[1].replace("&amp;", "&")) == {"aar": ["2026"], "sorter-krav": ["-beloeb"]}
    assert 'aria-sort="ascending"' in amounts[0]
    assert "aria-sort" not in months[0]
    assert "Handling</span></th>" in part.html


def test_a_long_table_comes_in_parts_and_its_file_has_all_in_the_same_order() -> None:
    many = [("januar 2026", f"{at} kr.", "A") for at in range(SIZE * 2 + 1)]
    assert order("sorter-krav=-beloeb&side-krav=3", many) == [0]
    assert order("side-krav=99", many) == [SIZE * 2]
    assert len(order("", many)) == SIZE
    assert order("tabel=krav&sorter-krav=-beloeb", many) == list(reversed(range(SIZE * 2 + 1)))
    part = part_of(table(many), "krav", QueryDict("a=1&side-krav=2"))
    assert (part.page, part.pages, part.total, part.address) == (2, 3, SIZE * 2 + 1, "?a=1")
    assert "I alt" in part.html


def test_rows_that_hang_together_and_tables_of_one_row_stay_as_they_were_drawn() -> None:
    for drawn in (table(ROWS[:1]), table(ROWS).replace("<td>Å", '<td rowspan="2">Å'), "<thead></thead>"):
        assert part_of(drawn, "krav", QueryDict("sorter-krav=beloeb")).html == drawn


def test_what_a_column_is_called_in_the_address() -> None:
    assert title_word("Beløb, år <small>kr.</small>") == "beloeb-aar-kr"
    assert title_word('<span class="visually-hidden">Handling</span>') == ""


def test_a_table_that_does_not_sort_and_a_page_that_was_sent_are_whole() -> None:
    many = table([("januar 2026", f"{at} kr.", "A") for at in range(SIZE + 1)])
    asked = RequestFactory().get("/", {"side-krav": "2"})
    assert table_part(Context({"request": asked}), many, "krav", "yes").page == 2
    for request, sorts in ((asked, ""), (RequestFactory().post("/"), "yes"), (None, "yes")):
        assert table_part(Context({"request": request}), many, "krav", sorts).html == many


def test_the_parts_of_a_table_are_led_to_where_it_stands() -> None:
    assert page_address("?a=1", 2, "krav") == "?a=1&side-krav=2#tabel-krav"
    assert page_address("?", 1, "krav") == "?#tabel-krav"
    assert page_address("?a=1", 3) == "?a=1&side=3"
