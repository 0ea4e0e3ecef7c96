"""Icons where HTML is made in Python; templates use `<c-icon>`."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """An icon of frontend/icons.txt beside a word; it says nothing by itself."""
    sprite = static("ui/vendor/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )
