"""The states of an import and of its files."""

from enum import StrEnum


class RunStatus(StrEnum):
    """How an import (indlæsning) went."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def danish(self) -> str:
        """The word that the user sees."""
        return {"running": "i gang", "finished": "færdig", "failed": "standset", "interrupted": "afbrudt"}[self.value]


class FileStatus(StrEnum):
    """What became of one file. Only `LANDED` and `FAILED` are kept; the others are counted in the report."""

    LANDED = "landed"
    FAILED = "failed"
    KNOWN = "known"
    SKIPPED = "skipped"

    @property
    def danish(self) -> str:
        """The word that the user sees."""
        return {"landed": "indlæst", "failed": "fejl", "known": "allerede indlæst", "skipped": "sprunget over"}[
            self.value
        ]
