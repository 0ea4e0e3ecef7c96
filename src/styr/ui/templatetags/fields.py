"""What a form field needs to know about itself to be drawn."""

from django import forms, template
from django.forms.boundfield import BoundField

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
