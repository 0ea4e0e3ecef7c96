"""The pages of a list."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import mark_safe

from styr.ui.table_files import READ, TABLE
from styr.ui.table_order import Part, part_of

register = template.Library()
_BESIDE = 1


@register.filter
def near_pages(page: Any) -> list[int | None]:
    """The pages worth a link: the first, the last and those beside this one; None is a gap."""
    wanted = sorted(
        {1, page.pages, *range(page.page - _BESIDE, page.page + _BESIDE + 1)} & set(range(1, page.pages + 1))
    )
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and number - (numbers[-1] or 0) == _BESIDE + 1:
            numbers.append(number - 1)
        elif numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag(takes_context=True)
def table_address(context: Context, name: str) -> str:
    """The address of a table of this page as a file, of what the page shows now; "" where there is none to follow."""
    request = context.get("request")
    if request is None or not name or request.method not in READ:
        return ""
    words = request.GET.copy()
    words[TABLE] = name
    return f"{request.path}?{words.urlencode()}"


@register.simple_tag(takes_context=True)
def table_part(context: Context, drawn: str, name: str, sorts: str) -> Part:
    """What is shown of a table, in the order and the part that the address asks for where it `sorts`."""
    request = context.get("request")
    if request is None or not sorts or request.method not in READ:
        return Part(mark_safe(drawn))  # noqa: S308 - the table's own rows
    return part_of(drawn, name, request.GET)


@register.simple_tag
def page_address(address: str, number: int, name: str = "") -> str:
    """The address of a page: the query string with `side`, of the table `name` where it is one; the first has none."""
    to = f"#tabel-{name}" if name else ""
    if number <= 1:
        return f"{address}{to}"
    word = f"side-{name}={number}" if name else f"side={number}"
    return f"{address}{word}{to}" if address.endswith("?") else f"{address}&{word}{to}"
