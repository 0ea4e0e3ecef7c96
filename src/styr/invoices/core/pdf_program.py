"""A program of its own that draws one page of a PDF: the file on stdin, a picture (or the number of pages) on stdout.

Files come from strangers, so the library that reads them runs in a process that is given none of our keys, may use
little memory and little time, opens no file or socket, starts nothing, and is thrown away after one page. Started by
`core.pdf_pages`.
"""

import io
import resource
import struct
import sys
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image

MEMORY: Final = 1_536 * 1024 * 1024
SECONDS: Final = 12
MOST_PIXELS: Final = 6_000_000
MOST_PAGES: Final = 300


def confine() -> None:
    """Take away what a hostile file could use: memory, time, new files and sockets, and further processes.

    What is open stays so (the question and the answer), and every module must be imported by now. The bound on
    processes does not hold for root, who should run no server; starting one takes a new pipe or file all the same.
    """
    for what, most in (
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def draw(data: bytes, number: int, width: int) -> tuple[int, bytes]:
    """(pages, PNG of page `number` (from 1) at `width` pixels); the picture is empty where there is no such page."""
    document = pypdfium2.PdfDocument(data)
    pages = min(len(document), MOST_PAGES)
    if not 1 <= number <= pages:
        return pages, b""
    page = document[number - 1]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return pages, b""
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    kept = io.BytesIO()
    picture.save(kept, format="PNG", optimize=False)
    return pages, kept.getvalue()


def main() -> int:
    """Read the question from the arguments and the file from stdin."""
    number, width = int(sys.argv[1]), int(sys.argv[2])
    data = sys.stdin.buffer.read()
    Image.preinit()
    confine()
    pages, picture = draw(data, number, width)
    sys.stdout.buffer.write(struct.pack(">I", pages) + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
