"""Codes with the Danish words that people and files use for them."""

from __future__ import annotations

from enum import StrEnum


class DanishCode(StrEnum):
    """A code and the Danish word for it: `NAME = "code", "ord"`."""

    danish: str

    def __new__(cls, code: str, danish: str = "") -> DanishCode:  # noqa: PYI034 - an enum's members are made here only
        """Make the member: the code is its value."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.danish = danish
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and word, for a choice field."""
        return [(code.value, code.danish) for code in cls]

    @classmethod
    def values(cls) -> list[str]:
        """The codes, for a check constraint."""
        return [code.value for code in cls]
