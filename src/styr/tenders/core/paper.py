"""A document as blocks, so that Word and PDF say the same: headings, paragraphs, points and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; from column `numbers_from` on, figures stand to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers_from: int = 99


Block = Heading | Words | Points | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title, whose it is and of which day, and what it says."""

    title: str
    municipality: str
    day: str
    blocks: tuple[Block, ...]
