"""Loads templates with components; the two smallest components, drawn by the hundred, become plain HTML on the way."""

import re

from django_cotton.cotton_loader import Loader as CottonLoader  # type: ignore[import-untyped]  # it ships no types

_ICON = re.compile(r'<c-icon\s+(:?)name="([\w.-]+)"(?:\s+label="([^"{}]*)")?\s*/>')
_WORDS = r'((?:\s+:?(?:tone|icon)="[\w.-]*")*)'
_TAG = re.compile(rf"<c-tag{_WORDS}\s*>(.*?)</c-tag>", re.DOTALL)
_SHORT_TAG = re.compile(rf"<c-tag{_WORDS}\s*/>")


class Loader(CottonLoader):  # type: ignore[misc]  # the same
    """Cotton's loader, given `<c-icon>` and `<c-tag>` of plain words and variables as the HTML they stand for.

    A component costs 0.1 ms each time, and a list of invoices has two hundred and fifty of these.
    """

    def _get_template_string(self, template_name: str) -> str:
        return plain(super()._get_template_string(template_name))


def plain(text: str) -> str:
    """The template with icons and tags of plain words and variables written out; others stay components."""
    text = _SHORT_TAG.sub(lambda found: _tag(found[1], ""), text)
    text = _TAG.sub(lambda found: _tag(found[1], found[2]), text)
    return _ICON.sub(_icon, text)


def _icon(found: re.Match[str]) -> str:
    name = found[2] if found[1] else f'"{found[2]}"'
    return f'{{% icon {name} label="{found[3]}" %}}' if found[3] else f"{{% icon {name} %}}"


def _tag(words: str, inner: str) -> str:
    given = dict(re.findall(r'(:?\w+)="([^"]*)"', words))
    tone, icon = "", ""
    if given.get("tone"):
        tone = f" tag--{given['tone']}"
    elif word := given.get(":tone"):
        tone = f"{{% if {word} %}} tag--{{{{ {word} }}}}{{% endif %}}"
    if given.get("icon"):
        icon = f'<c-icon name="{given["icon"]}" />'
    elif word := given.get(":icon"):
        icon = f'{{% if {word} %}}<c-icon :name="{word}" />{{% endif %}}'
    return f'<span class="tag{tone}">{icon}{inner}</span>'
