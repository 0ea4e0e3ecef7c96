"""Draws the commonest form fields without templates: a filter has some sixty choices, each a template of its own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


class Fields(DjangoTemplates):
    """Django's own renderer, but for inputs and selects, whose HTML is what its templates would give."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The field as HTML."""
        draw = _DRAWN.get(template_name)
        if draw is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - Django's template
        return mark_safe(draw(context["widget"]))  # noqa: S308 - escaped below


def _attributes(widget: Widget) -> str:
    found = []
    for name, value in widget["attrs"].items():
        if value is True:
            found.append(f" {escape(name)}")
        elif value is not False:
            found.append(f' {escape(name)}="{escape(str(value))}"')
    return "".join(found)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def _select(widget: Widget) -> str:
    drawn = []
    for group, options, _ in widget["optgroups"]:
        inner = "".join(
            f'<option value="{escape(str(one["value"]))}"{_attributes(one)}>{escape(one["label"])}</option>'
            for one in options
        )
        drawn.append(f'<optgroup label="{escape(group)}">{inner}</optgroup>' if group else inner)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{"".join(drawn)}</select>'


_DRAWN: Final[Mapping[str, Callable[[Widget], str]]] = {
    "django/forms/widgets/select.html": _select,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("input", "text", "number", "email", "password", "hidden", "date", "checkbox")
    },
}
