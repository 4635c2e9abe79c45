"""Find the thresholds from which answers are so precise, and write them into operating.py; used by the benchmarks that measure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

OPERATING = Path(__file__).parents[1] / "src/partnermatch/operating.py"
PRECISIONS, MIN_ANSWERS = (0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99), 200
"""Operating points that are looked for, and answers that one needs to be measured at all."""


def find_points(
    chances: NDArray[np.float64], right: NDArray[np.bool_], strings: NDArray[np.int64], count: int
) -> list[tuple[float, float, float]]:
    """Precision, the lowest threshold from which answers are so precise, and the share of strings that are then answered.

    Args:
        chances: [a] probability of each answer.
        right: [a] whether it is right.
        strings: [a] the string that it answers.
        count: of all strings.
    """
    order = np.argsort(-chances, kind="stable")
    precise = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    points = []
    for precision in PRECISIONS:
        enough = np.flatnonzero(precise >= precision)
        if len(enough) and enough[-1] >= MIN_ANSWERS:
            answered = order[: enough[-1] + 1]
            least = float(np.ceil(chances[answered[-1]] * 1000) / 1000)
            points.append((precision, least, len(np.unique(strings[answered])) / count))
    return points


def lay_out_points(name: str, points: Sequence[tuple[float, float, float]]) -> list[str]:
    """The lines of a table of operating.py."""
    lines = [f"    Point({precision}, {least:.3g}, {coverage:.2f})," for precision, least, coverage in points]
    return [f"{name} = (", *lines, ")"]


def write_points(command: str, lines: Sequence[str]) -> None:
    """Put a table in its place, between its two comments."""
    replace_between(OPERATING, f"# Measured by {command}.\n", "# End of what is measured.", lines)


def replace_between(path: Path, opening: str, closing: str, lines: Sequence[str]) -> None:
    """Write lines into a file between two comments."""
    before, found, rest = path.read_text(encoding="utf-8").partition(opening)
    if not found:
        raise SystemExit(f"{path} has no line {opening.strip()!r}.")
    path.write_text(before + opening + "\n".join(lines) + "\n" + closing + rest.partition(closing)[2], encoding="utf-8")
