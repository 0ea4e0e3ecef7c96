"""Paths of pages, as mails and calendar files name them: read from the URLconf, so that no page is forgotten."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from styr.workspace.core.work import Work


def path_of(url_name: str, subject_id: UUID) -> str:
    """The path of the page about something; of a page that is about nothing, its own."""
    try:
        return reverse(url_name, args=[subject_id])
    except NoReverseMatch:
        return reverse(url_name)


def work_path(one: Work) -> str:
    """The path of the list behind a line of work."""
    return reverse(one.url_name) + (f"?{one.query}" if one.query else "")
