"""Takes what a browser sends into memory and never to a disk: it lies nowhere in clear before it is encrypted."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

MOST_BYTES = 128 * 1024 * 1024
"""What one request may carry in files altogether; a bigger one is refused before it is read."""


class InMemory(FileUploadHandler):
    """Django's upload handler for every page (`FILE_UPLOAD_HANDLERS`)."""

    _held: BytesIO
    _taken = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 - Django's signature
        META: dict[str, Any],  # noqa: ARG002, N803 - the same
        content_length: int,
        boundary: str,  # noqa: ARG002 - the same
        encoding: str | None = None,  # noqa: ARG002 - the same
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None:
        """Refuse by the length that is told; a request that tells a wrong one is stopped when it passes the limit."""
        if content_length > MOST_BYTES * 11 // 10:
            raise RequestDataTooBig("More bytes in files than one request may carry.")
        return None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's signature
        """Take some bytes."""
        self._taken += len(raw_data)
        if self._taken > MOST_BYTES:
            raise RequestDataTooBig("More bytes in files than one request may carry.")
        self._held.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Give the file."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
