"""The pages of a list."""

from typing import Any

from django import template
from django.template import Context

from styr.ui.table_files import READ, TABLE

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


@register.simple_tag
def page_address(address: str, number: int) -> str:
    """The address of a page: the list's query string with `side`; the first page has none."""
    if number <= 1:
        return address
    return f"{address}side={number}" if address.endswith("?") else f"{address}&side={number}"
