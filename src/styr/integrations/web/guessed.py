"""A sheet with headings of its own as the page asks about it: which kind of extract, and what each column holds."""

from dataclasses import dataclass

from styr.integrations.core.outcome import Proposal
from styr.integrations.mappings.core.sources import SOURCES, Source, first_source_of, source_of
from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column
from styr.integrations.upload_queries import UploadView


@dataclass(frozen=True, slots=True)
class GuessedSheet:
    """A sheet's guess for one kind of extract, with the kinds that it could be instead."""

    proposal: Proposal
    source: Source
    sources: tuple[Source, ...]

    @property
    def choices(self) -> tuple[Column, ...]:
        """The fields that a column may hold; what the kind of extract tells is not asked about."""
        return tuple(column for column in self.source.spec.columns if column.field not in self.source.constants)

    @property
    def fixable(self) -> tuple[Column, ...]:
        """Fields that may hold the same in every row, and that no column seems to hold."""
        guessed = {guess.field for guess in self.proposal.columns}
        return tuple(one for one in self.choices if one.kind is Kind.CHOICE and one.field not in guessed)

    @property
    def worded(self) -> tuple[Column, ...]:
        """Fields of words, where the file may have others than ours."""
        return tuple(column for column in self.choices if column.kind is Kind.CHOICE)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is lacking to read the sheet so."""
        told = {column.name for column in self.source.spec.columns if column.field in self.source.constants}
        return tuple(name for name in self.proposal.missing if name not in told)


def guessed_sheets(view: UploadView, asked: str) -> tuple[GuessedSheet, ...]:
    """Every sheet that must be asked about, as the kind asked for, or as what it likeliest is."""
    if view.found is None:
        return ()
    return tuple(_as(view, proposal, source_of(asked)) for proposal in view.found.proposals)


def _as(view: UploadView, likeliest: Proposal, asked: Source | None) -> GuessedSheet:
    assert view.found is not None  # noqa: S101 - asked by the caller
    place = (likeliest.file, likeliest.sheet)
    known = {one.register: one for one in view.found.alternatives if (one.file, one.sheet) == place}
    known[likeliest.register] = likeliest
    offered = tuple(source for source in SOURCES if source.spec.name in known)
    source = asked if asked in offered and asked is not None else first_source_of(likeliest.register)
    return GuessedSheet(known[source.spec.name], source, offered)
