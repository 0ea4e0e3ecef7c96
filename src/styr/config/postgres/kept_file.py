"""Small files that must be there whole or not at all, whenever the program is killed."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def written_once(path: Path, content: bytes, *, mode: int = 0o600) -> bytes:
    """What the file holds: `content`, unless an earlier call, or another process, wrote something first.

    An empty file counts as none: it is what a kill left behind.
    """
    if held := _held(path):
        return held
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(path.parent):
        if held := _held(path):
            return held
        _beside(path, content, mode).replace(path)
    return content


def written_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put `content` in the file's place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _beside(path, content, mode).replace(path)
    _settle(path.parent)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """No other process is here at the same time; the kernel lets go even of a killed one. Settles the folder after."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _held(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return b""


def _beside(path: Path, content: bytes, mode: int) -> Path:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    # The mode holds from the first byte.
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123 -- as told
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
