"""From which probability answers are given so that so many of them are right, as it was measured.

The points are those of strings that nothing was learned from, so that they hold for others of the kind. Below a point's
precision, the next point above is taken.
"""

from __future__ import annotations

from typing import NamedTuple

from partnermatch.errors import SettingsError


class Point(NamedTuple):
    """A threshold and what it gives.

    Attributes:
        precision: share of the answers that are right.
        least: probability from which an answer is given.
        coverage: share of the strings that are answered.
    """

    precision: float
    least: float
    coverage: float


# Measured by benchmarks/fit_mentions.py.
MENTIONS = (
    Point(0.9, 0.297, 0.84),
    Point(0.92, 0.527, 0.80),
    Point(0.94, 0.676, 0.75),
    Point(0.95, 0.752, 0.72),
    Point(0.96, 0.824, 0.68),
    Point(0.97, 0.883, 0.63),
    Point(0.98, 0.934, 0.56),
    Point(0.985, 0.967, 0.44),
    Point(0.99, 0.981, 0.30),
)
# End of what is measured.
"""For names of a registry that stand in affiliation strings."""

# Measured by benchmarks/cross_script.py --cross-validate.
NAMES = (
    Point(0.9, 0.253, 0.89),
    Point(0.92, 0.34, 0.86),
    Point(0.94, 0.462, 0.82),
    Point(0.95, 0.523, 0.80),
    Point(0.96, 0.642, 0.77),
    Point(0.97, 0.796, 0.71),
    Point(0.98, 0.907, 0.63),
    Point(0.985, 0.928, 0.60),
)
# End of what is measured.
"""For Japanese names among Latin ones, asked with their country and without."""


def choose_point(points: tuple[Point, ...], precision: float) -> Point:
    """The point of least precision that is precise enough.

    Raises:
        SettingsError: no threshold gave that precision, or it is no share.

    >>> points = (Point(0.95, 0.5, 0.8), Point(0.975, 0.75, 0.7))
    >>> choose_point(points, 0.96).least
    0.75
    """
    enough = [point for point in points if point.precision >= precision]
    most = points[-1].precision
    if not 0 < precision <= 1:
        raise SettingsError(f"A precision of {precision!r} is no share: ask for one above 0 and at most {most}.")
    if not enough:
        raise SettingsError(f"A precision of {precision!r} was not reached with any threshold: ask for at most {most}.")
    return enough[0]
