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


class UndoState(StrEnum):
    """How far it is to take an import back (fortrydelse), once somebody has asked for it."""

    WAITING = "waiting"
    WORKING = "working"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def working(self) -> bool:
        """Whether a job has it or is to have it."""
        return self in {UndoState.WAITING, UndoState.WORKING}


class UploadState(StrEnum):
    """How far an upload (fremlagte filer) has come; the first four wait for a job or for its end."""

    WAITING = "waiting"
    CHECKING = "checking"
    QUEUED = "queued"
    LANDING = "landing"
    CHECKED = "checked"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def danish(self) -> str:
        """The word that the user sees."""
        return _UPLOAD[self]

    @property
    def working(self) -> bool:
        """Whether a job has it or is to have it."""
        return self in {UploadState.WAITING, UploadState.CHECKING, UploadState.QUEUED, UploadState.LANDING}


_UPLOAD = {
    UploadState.WAITING: "venter på gennemsyn",
    UploadState.CHECKING: "gennemses",
    UploadState.QUEUED: "venter på indlæsning",
    UploadState.LANDING: "indlæses",
    UploadState.CHECKED: "klar til at blive indlæst",
    UploadState.DONE: "indlæst",
    UploadState.FAILED: "standset",
    UploadState.CANCELLED: "annulleret",
}


class FileStatus(StrEnum):
    """What became of one file. Only the first three are kept; the others are counted in the report."""

    LANDED = "landed"
    FAILED = "failed"
    UNDONE = "undone"
    KNOWN = "known"
    SKIPPED = "skipped"

    @property
    def danish(self) -> str:
        """The word that the user sees."""
        return {
            "landed": "indlæst",
            "failed": "fejl",
            "undone": "fortrudt",
            "known": "allerede indlæst",
            "skipped": "sprunget over",
        }[self.value]


def told_state(state: UploadState, *, errors: int, guessed: bool = False) -> str:
    """How files that were handed in stand, in words: what was looked at is ready only when nothing is left to mend.

    `guessed`: the columns of a sheet are guessed, and nobody has said whether rightly.
    """
    if state is UploadState.CHECKED and guessed:
        return "kolonnerne skal vælges"
    if state is UploadState.CHECKED and errors:
        return "fejl skal rettes"
    return state.danish
