"""What files may write for the sections and services that the municipality has added itself."""

from datetime import date

from styr.contracts.own_terms import own_words_in_files
from styr.integrations.spreadsheets.core.own_words import OwnWords


def words_of_our_own(*, on: date) -> OwnWords:
    """The words and our codes, as they hold in the scope on a day; two queries."""
    own = own_words_in_files(on=on)
    return OwnWords({"section": own.sections, "service": own.services})
