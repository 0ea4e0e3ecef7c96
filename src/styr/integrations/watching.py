"""Lets a page see how far a job is, and the job see that it is to stop: through a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import UUID

from django.db import Error, connection

from styr.access.scope import service_scope

_EVERY = 0.5
"""Seconds between two signs of life."""

_TELL = """
    UPDATE integrations_importupload
    SET total = %s, done = %s, rows = %s, errors = %s, heartbeat_at = clock_timestamp()
    WHERE id = %s RETURNING cancel
"""


class StoppedError(Exception):
    """Somebody has asked the import to stop; what had landed stays."""


class UploadProgress:
    """Counts as an import goes (`progress.Progress`), and ends it between two files when it is asked to."""

    def __init__(self) -> None:
        self.total = self.done = self.rows = self.errors = 0
        self.stop = Event()

    def waiting(self) -> None:
        """Another import holds the lock; the page sees that nothing moves."""

    def began(self, total: int) -> None:
        """So many files were found."""
        self.total = total

    def went(self, *, files: int, rows: int, errors: int) -> None:
        """Files are done; raises `StoppedError` when the import is to stop."""
        self.done += files
        self.rows += rows
        self.errors += errors
        if self.stop.is_set():
            raise StoppedError


@contextmanager
def watched(upload_id: UUID, municipality_id: UUID) -> Iterator[UploadProgress]:
    """Tell of the block's progress while it runs.

    The import's own connection may be in the middle of a transaction that nobody else sees, and that a dry run takes
    back; so another one tells.
    """
    progress = UploadProgress()
    over = Event()
    teller = Thread(target=_tell_until, args=(over, progress, upload_id, municipality_id), daemon=True)
    teller.start()
    try:
        yield progress
    finally:
        over.set()
        teller.join()


def _tell_until(over: Event, progress: UploadProgress, upload_id: UUID, municipality_id: UUID) -> None:
    try:
        while not over.wait(_EVERY):
            try:
                if tell(progress, upload_id, municipality_id):
                    progress.stop.set()
            except Error:
                connection.close()  # the import itself will say so if the database is gone; here only a page waits
    finally:
        connection.close()


def tell(progress: UploadProgress, upload_id: UUID, municipality_id: UUID) -> bool:
    """Write how far it is; gives whether somebody has asked it to stop."""
    with service_scope(municipality_id, "import"), connection.cursor() as cursor:
        cursor.execute(_TELL, [progress.total, progress.done, progress.rows, progress.errors, upload_id])
        found = cursor.fetchone()
    return bool(found and found[0])
