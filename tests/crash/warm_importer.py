"""A warm importer: forks a child for every folder named on a line of its input, so that a kill does not cost a start.

The child imports as the command does, without the controls that follow. Its process id is written when it begins, its
exit status when it has ended.
"""

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import django

_BROKE = 2


def main() -> None:
    """Serve folders until the input ends."""
    django.setup()
    import_module("styr.integrations.services")
    _tell(os.getpid())
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _import(Path(line.rstrip("\n")))
        _tell(pid)
        _, status = os.waitpid(pid, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _import(folder: Path) -> None:
    """Import and end the child with the command's exit status; it must not go on with the parent's loop."""
    from styr.access.services import municipality_ids
    from styr.integrations.services import UnableToImportError, import_paths
    from styr.kernel import clock

    status = _BROKE
    try:
        [municipality_id] = municipality_ids()
        report = import_paths(
            paths=[folder], municipality_id=municipality_id, actor="test", now=clock.now(), processes=0
        )
        status = int(report.has_errors)
    except UnableToImportError as error:
        sys.stderr.write(f"{error}\n")
        status = 1
    finally:
        if status == _BROKE:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
