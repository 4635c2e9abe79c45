"""What tests leave behind on the machine is taken away when they end, and also when they are killed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STOP_SERVER = """
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -rf "$1"
"""
"""SIGQUIT stops a PostgreSQL server at once; its folder goes with it."""
UNMOUNT = 'umount "$1"'


@contextmanager
def at_the_end(script: str, folder: Path) -> Iterator[None]:
    """Run a shell script, which is given a folder, when the block ends or this process does, however it does.

    A process of a session of its own waits for the end of a pipe whose other end is here: what kills this process closes it.
    """
    command = ["sh", "-c", f"read _\n{script}", "sh", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as waiting:
        yield
        waiting.communicate()
    assert waiting.returncode == 0, f"cannot tidy up {folder}"


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[str]:
    """A file system in memory of so many KiB; gives why there is none where the machine allows none."""
    if os.getuid() != 0:
        yield "only root may mount a small disk"
        return
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=777", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"a small disk cannot be mounted: {done.stderr.strip()}"
        return
    with at_the_end(UNMOUNT, folder):
        yield ""
