"""Addresses of pages by their URL name; a page that is not there has none, so that links to it are not drawn."""

from django.urls import NoReverseMatch, reverse


def page_of(name: str, *args: object) -> str | None:
    """The address of a page; None when the program has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
