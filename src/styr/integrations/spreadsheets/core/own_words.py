"""The municipality's own sections and services as files may write them, besides the words that every register knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from styr.integrations.spreadsheets.core.recognise import Layout
from styr.integrations.spreadsheets.core.specs import Column


@dataclass(frozen=True, slots=True)
class OwnWords:
    """By a field of a row ("section", "service"), the words of files and our codes."""

    of_field: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def added_to(self, layout: Layout) -> Layout:
        """The layout whose columns know these words too; the program's own words come first."""
        known = tuple(self.known_in(column) for column in layout.spec.columns)
        return layout if known == layout.spec.columns else replace(layout, spec=replace(layout.spec, columns=known))

    def known_in(self, column: Column) -> Column:
        """The column with these words among its choices."""
        words = self.of_field.get(column.field)
        return replace(column, choices={**column.choices, **words}) if words else column


NONE_OF_OUR_OWN = OwnWords()
