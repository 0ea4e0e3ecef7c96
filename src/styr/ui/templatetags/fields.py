"""What a form field needs to know about itself to be drawn, and what every form that writes carries."""

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def kind_of(field: BoundField) -> str:
    """How the field is drawn: "check" (one box), "group" (several boxes), "textarea" or "line"."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one as well
        return "group"
    return "textarea" if isinstance(widget, forms.Textarea) else "line"


@register.simple_tag
def form_marks() -> SafeString:
    """Hidden fields that the components' own forms carry besides the CSRF token.

    The setting `STYR_FORM_MARKS` names functions that each give one; so ui need not know the parts above it.
    """
    return format_html_join("", "{}", ((import_string(name)(),) for name in settings.STYR_FORM_MARKS))
