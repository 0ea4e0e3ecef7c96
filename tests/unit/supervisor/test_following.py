"""A process that follows another ends with it, also when that one is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

CHILD = """
import os, sys, time
from styr.config.following import stop_when_parent_ends
stop_when_parent_ends(os.getppid())
print(os.getpid(), flush=True)
time.sleep(300)
"""
PARENT = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {CHILD!r}])
time.sleep(300)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{pid}/stat").read_text("utf-8")
    return told.rsplit(")", 1)[1].split()[0] != "Z"  # a dead child that nobody has asked about is a zombie


def test_the_follower_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    follower = int(parent.stdout.readline())
    assert alive(follower)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    ends = time.monotonic() + 120
    while alive(follower) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not alive(follower)
