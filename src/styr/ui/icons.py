"""Icons where HTML is made in Python; templates use `<c-icon>`."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of frontend/icons.txt beside a word; it says nothing by itself, unless it has a label."""
    sprite = static("ui/vendor/icons.svg")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {} focusable="false"><use href="{}#{}"></use></svg>', spoken, sprite, name)
