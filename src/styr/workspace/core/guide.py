"""What a guide is: how a job is done, step by step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guide:
    """How a job is done: its steps, and the page (URL name) where it begins."""

    slug: str
    title: str
    about: str
    url_name: str
    icon: str
    steps: tuple[str, ...]
    good_to_know: tuple[str, ...] = ()
