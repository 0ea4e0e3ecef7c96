"""A program of its own that draws one page of a PDF: the file on stdin, the number of pages and a picture on stdout.

Before the file stand the words to mark, as JSON with its length first: they are no arguments, which others could read.

Files come from strangers, so the library that reads them runs in a process that is given none of our keys, may use
little memory and little time, opens no file or socket, starts nothing, and is thrown away after one page. Started by
`core.pdf_pages`.
"""

import codecs
import ctypes
import io
import json
import resource
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw  # type: ignore[import-untyped]  # the same
from PIL import Image, ImageChops, ImageDraw

MEMORY: Final = 1_536 * 1024 * 1024
SECONDS: Final = 12
MOST_PIXELS: Final = 6_000_000
MOST_PAGES: Final = 300
MOST_MARKS: Final = 200
HEAD: Final = struct.Struct(">II")
"""Before the picture: how many pages there are, and how many places are marked."""
LENGTH: Final = struct.Struct(">I")
_TINT, _EDGE = (255, 214, 208), (179, 38, 30)
_Box = tuple[int, int, int, int]


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


def draw(data: bytes, number: int, width: int, words: Sequence[str] = ()) -> tuple[int, int, bytes]:
    """(pages, places marked, PNG of page `number` (from 1) at `width` pixels, with `words` marked).

    The picture is empty where there is no such page.
    """
    document = pypdfium2.PdfDocument(data)
    pages = min(len(document), MOST_PAGES)
    if not 1 <= number <= pages:
        return pages, 0, b""
    page = document[number - 1]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return pages, 0, b""
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    try:
        boxes = list(_places(page, words, picture.size))
    except pypdfium2.PdfiumError:
        boxes = []  # its text cannot be read, and it can be drawn all the same
    if boxes:
        picture = _tinted(picture, boxes)
    kept = io.BytesIO()
    picture.save(kept, format="PNG", optimize=False)
    return pages, len(boxes), kept.getvalue()


def _places(page: Any, words: Sequence[str], size: tuple[int, int]) -> Iterator[_Box]:
    """Where the words stand on the page, in the picture's pixels; none twice, and only so many."""
    text = page.get_textpage()
    seen: set[_Box] = set()
    for word in words:
        looking = text.search(word)
        while (hit := looking.get_next()) is not None and len(seen) < MOST_MARKS:
            for at in range(text.count_rects(*hit)):
                left, bottom, right, top = text.get_rect(at)
                (x, y), (u, v) = _pixel(page, left, top, size), _pixel(page, right, bottom, size)
                box = min(x, u), min(y, v), max(x, u), max(y, v)
                if box not in seen:
                    seen.add(box)
                    yield box


def _pixel(page: Any, across: float, up: float, size: tuple[int, int]) -> tuple[int, int]:
    """A point of the page, turned and cut as the page is, in the picture."""
    x, y = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, x, y)
    return x.value, y.value


def _tinted(picture: Image.Image, boxes: Sequence[_Box]) -> Image.Image:
    """The picture with the boxes coloured under their letters, and a line around each: never colour alone."""
    tint = Image.new("RGB", picture.size, "white")
    for box in boxes:
        ImageDraw.Draw(tint).rectangle(_wider(box), fill=_TINT)
    marked = ImageChops.multiply(picture, tint)
    for box in boxes:
        ImageDraw.Draw(marked).rectangle(_wider(box), outline=_EDGE, width=2)
    return marked


def _wider(box: _Box) -> _Box:
    return box[0] - 4, box[1] - 3, box[2] + 4, box[3] + 3


def main() -> int:
    """Read the question from the arguments and the file from stdin."""
    number, width = int(sys.argv[1]), int(sys.argv[2])
    told = sys.stdin.buffer.read()
    (length,) = LENGTH.unpack_from(told)
    words, data = json.loads(told[LENGTH.size : LENGTH.size + length]), told[LENGTH.size + length :]
    Image.preinit()
    codecs.lookup("utf-16-le")  # in which the library is asked for words; its module is a file
    confine()
    pages, marked, picture = draw(data, number, width, words)
    sys.stdout.buffer.write(HEAD.pack(pages, marked) + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
