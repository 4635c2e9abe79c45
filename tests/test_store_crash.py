"""A store survives `kill -9`: the short version of benchmarks/store_crash.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "store_crash.py"
KILLS = 6
"""Two at any moment, two while a run is written, two while decisions are."""


def test_a_store_survives_being_killed() -> None:
    command = [sys.executable, str(SCRIPT), "--kills", str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[1:]) == (
        0,
        ["nothing lost, no half run, no fault, the same IDs again"],
    ), done.stderr
    assert done.stdout.startswith(f"{KILLS} kills in ")
