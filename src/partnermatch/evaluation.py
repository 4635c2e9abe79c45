"""How right a grouping is, against a truth: pairwise and B-cubed precision, recall and F1.

B-cubed: Bagga and Baldwin, Entity-based cross-document coreferencing using the vector space model, 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

from partnermatch.errors import InputError


@dataclass(frozen=True)
class Measure:
    """Precision, recall and F1, each 0..1."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> Measure:
        """A measure whose F1 is the harmonic mean of both."""
        total = precision + recall
        return cls(precision, recall, 2 * precision * recall / total if total else 0.0)


@dataclass(frozen=True)
class Evaluation:
    """What a grouping was worth.

    Attributes:
        rows: how many rows were judged.
        pairwise: over pairs of rows.
        b_cubed: over rows.
        by_kind: B-cubed measures of the rows of each kind, where kinds were given.
    """

    rows: int
    pairwise: Measure
    b_cubed: Measure
    by_kind: dict[str, Measure]

    def to_dict(self) -> dict[str, object]:
        """The same as plain dictionaries and numbers."""
        return asdict(self)

    def to_text(self) -> str:
        """A line a measure."""
        lines = [("pairwise", self.pairwise), ("B-cubed", self.b_cubed), *sorted(self.by_kind.items())]
        width = max(len(name) for name, _ in lines)
        return "\n".join(
            f"{name:{width}}  P {measure.precision:.4f}  R {measure.recall:.4f}  F1 {measure.f1:.4f}"
            for name, measure in lines
        )


def evaluate(
    predicted: Sequence[Hashable], truth: Sequence[Hashable], *, kinds: Sequence[str] | None = None
) -> Evaluation:
    """Judge a grouping against a truth, row by row.

    Args:
        predicted: [r] group of each row; None, NA or empty is a group of its own.
        truth: [r] true group of each row; None, NA or empty is a group of its own.
        kinds: [r] kind of each row, to measure kinds apart; a row may have none.

    Raises:
        InputError: the lengths differ.

    >>> print(evaluate(["a", "a", "b"], ["x", "x", "x"]).to_text())
    pairwise  P 1.0000  R 0.3333  F1 0.5000
    B-cubed   P 1.0000  R 0.5556  F1 0.7143
    """
    if len(predicted) != len(truth) or (kinds is not None and len(kinds) != len(truth)):
        raise InputError(f"{len(predicted)} predicted rows stand beside {len(truth)} true ones; give as many of both.")
    groups, true = _own_groups(predicted), _own_groups(truth)
    both = list(zip(groups, true, strict=True))
    in_both, in_group, in_true = Counter(both), Counter(groups), Counter(true)
    correct = sum(_pairs(count) for count in in_both.values())
    pairwise = Measure.of(
        _ratio(correct, sum(_pairs(count) for count in in_group.values())),
        _ratio(correct, sum(_pairs(count) for count in in_true.values())),
    )
    precision = [in_both[pair] / in_group[pair[0]] for pair in both]
    recall = [in_both[pair] / in_true[pair[1]] for pair in both]
    by_kind = {}
    given = {} if kinds is None else {row: kind for row, kind in enumerate(kinds) if not _is_missing(kind)}
    for kind in sorted(set(given.values())):
        rows = [row for row, other in given.items() if other == kind]
        by_kind[kind] = Measure.of(_mean([precision[row] for row in rows]), _mean([recall[row] for row in rows]))
    return Evaluation(len(both), pairwise, Measure.of(_mean(precision), _mean(recall)), by_kind)


def _own_groups(labels: Sequence[Hashable]) -> list[Hashable]:
    """Labels, with a group of its own for every row that has none."""
    return [("row", row) if _is_missing(label) else ("group", label) for row, label in enumerate(labels)]


def _is_missing(label: Hashable) -> bool:
    absent = label is None or type(label).__name__ == "NAType" or label == ""
    return absent or bool(label != label)  # noqa: PLR0124 — NaN is what differs from itself


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
