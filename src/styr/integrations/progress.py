"""How an import tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """What an import calls as it goes; the terminal and the job page show it."""

    def waiting(self) -> None:
        """Another import holds the lock."""

    def began(self, total: int) -> None:
        """So many files were found."""

    def went(self, *, files: int, rows: int, errors: int) -> None:
        """Files are done, with so many rows read and problems found."""


class Silent:
    """Tells nobody."""

    def waiting(self) -> None:
        """Nobody is told."""

    def began(self, total: int) -> None:
        """Nobody is told."""

    def went(self, *, files: int, rows: int, errors: int) -> None:
        """Nobody is told."""
