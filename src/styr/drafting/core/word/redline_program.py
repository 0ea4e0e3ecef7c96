"""A program of its own that compares two Word files: `before.docx` and `after.docx` of a folder become `redline.docx`.

Started by `apart`, with a time limit: the files come from others.
"""

import sys
from pathlib import Path

from python_redlines import DocxodusEngine  # type: ignore[import-untyped]  # it ships no types


def main() -> int:
    """The author's name and the folder are the arguments."""
    author, folder = sys.argv[1], Path(sys.argv[2])
    before, after = (folder / "before.docx").read_bytes(), (folder / "after.docx").read_bytes()
    made, _said, _complaint = DocxodusEngine().run_redline(author, before, after)
    (folder / "redline.docx").write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
