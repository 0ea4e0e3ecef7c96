"""How a register file is described: its columns as data, and the row that they make."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.headers import header_key, header_keys


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register file: its Danish heading, the field of the row it fills, and what its cells hold.

    A `required` column must be in the file and filled in every row; any other may be empty or left out. What a
    `personal` column holds tells about a citizen and is shown only where the look is logged.
    """

    name: str
    field: str
    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    personal: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The headings (as `header_key`) that mean this column."""
        return header_keys(self.name) | frozenset(header_key(word) for word in self.synonyms)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A register file: its Danish name, the row class of its lines, its columns and its pairs of first and last day.

    `total` names the amount that rows of totals sum, where the register's reports have such; `dated` the day or year
    that tells which period a file is of.
    """

    name: str
    row_type: type[Any]
    columns: tuple[Column, ...]
    periods: tuple[tuple[str, str], ...] = ()
    total: str = ""
    dated: str = ""

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a file is not this register."""
        return tuple(column for column in self.columns if column.required)

    def column_of(self, field_name: str) -> Column:
        """The column that fills a field; raises `KeyError`."""
        return {column.field: column for column in self.columns}[field_name]
