"""Lets a process end with the one that started it, also when that one is killed."""

import os
import signal
import threading
import time

_LOOK = 1.0  # seconds between looks


def stop_when_parent_ends(parent: int) -> None:
    """Look from a thread whether `parent` still is the parent of this process; when not, ask this process to stop."""

    def follow() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, name="follows-parent", daemon=True).start()
