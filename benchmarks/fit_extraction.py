"""Learn how likely institutions are meant that running text in Latin script names.

    python benchmarks/fit_extraction.py            how well passages are told that are held back
    python benchmarks/fit_extraction.py --write    and the weights from all passages, written into extraction/weighing.py

Data: the passages of fixtures/running_text, and all that is found in their Latin script of ROR (see running_text.py). Logistic
regression on `extraction.weighing.EVIDENCE`, each scaled by its spread, with a quadratic penalty; L-BFGS. Folds: a passage is in
fold int(sha1(passage).hexdigest(), 16) % 10.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from affiliations import DUMP
from numpy.typing import NDArray
from operating_points import replace_between
from running_text import FOLDER, Passage, lead_on, overlap, read_passages

from partnermatch.extraction import judge_stretches, weighing
from partnermatch.extraction.latin import cut_stretches
from partnermatch.extraction.plain import make_plain
from partnermatch.model import Flags, Floats, Ints
from partnermatch.registry import Registry
from partnermatch.settings import Settings

WEIGHING = Path(weighing.__file__)
OPENING, CLOSING = "# Learned by benchmarks/fit_extraction.py.\n", "# End of what is learned."
FOLDS = 10
PULL = 3.0
"""Strength of the pull of the weights to nothing."""
DIGITS = 3


class Learned(NamedTuple):
    """The start, and the weight of each evidence."""

    start: float
    weights: dict[str, float]


class Examples(NamedTuple):
    """What was found in passages.

    Attributes:
        evidence: [m, e] in the order of `weighing.EVIDENCE`.
        right: [m] whether the institution is meant there.
        folds: [m] of the passage.
    """

    evidence: Floats
    right: Flags
    folds: Ints


def fold_of(text: str) -> int:
    """The fold of a passage."""
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % FOLDS


def load_examples(passages: Sequence[Passage], registry: Registry) -> Examples:
    """What is found in passages as they read: none of them has a character that reads otherwise than it is written."""
    evidence, right, folds = [], [], []
    for passage in passages:
        text = make_plain(passage.text).text
        judged, spans = judge_stretches(cut_stretches(text), registry, Settings())
        named = [lead_on(own, registry) for own in passage.written]
        rows = zip(judged.found.institutions.tolist(), judged.found.listed.tolist(), spans, strict=True)
        evidence.append(weighing.gather(judged, text, spans))
        right += [
            listed and any(own.id == registry.ids[row] and overlap(own, *span) for own in named)
            for row, listed, span in rows
        ]
        folds += [fold_of(passage.text)] * len(spans)
    return Examples(np.concatenate(evidence), np.array(right, dtype=np.bool_), np.array(folds, dtype=np.int64))


def fit(evidence: Floats, right: Flags) -> Learned:
    """The weights that make what is meant likeliest."""
    from scipy.optimize import minimize

    scale = evidence.std(axis=0) + 1e-9
    columns = np.concatenate([np.ones((len(right), 1)), evidence / scale], axis=1)
    signs = np.where(right, 1.0, -1.0)

    def lose(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (columns @ weights)
        pull = PULL * np.concatenate([[0.0], weights[1:]])
        slopes = -signs / (1.0 + np.exp(margins))
        return float(np.logaddexp(0.0, -margins).sum() + 0.5 * (pull * weights).sum()), columns.T @ slopes + pull

    found: NDArray[np.float64] = minimize(lose, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B").x
    weights = (found[1:] / scale).round(DIGITS).tolist()
    return Learned(round(float(found[0]), DIGITS), dict(zip(weighing.EVIDENCE, weights, strict=True)))


def fit_folds(examples: Examples) -> list[Learned]:
    """What is learned without each fold."""
    return [
        fit(examples.evidence[others], examples.right[others]) for others in (examples.folds != f for f in range(FOLDS))
    ]


@contextmanager
def learned_of(learned: Learned) -> Iterator[None]:
    """With these weights in the place of those that are shipped."""
    with patch.object(weighing, "START", learned.start), patch.object(weighing, "WEIGHTS", learned.weights):
        yield


def load_passages() -> list[Passage]:
    """All passages: those in Japanese name institutions in Latin script, too."""
    return [passage for path in sorted(FOLDER.glob("*.md")) for passage in read_passages(path)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the weights into extraction/weighing.py")
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    options = parser.parse_args(arguments)
    examples = load_examples(load_passages(), Registry.from_ror(DUMP, index=options.index or False))
    held = np.zeros(len(examples.right))
    for fold, learned in enumerate(fit_folds(examples)):
        own = examples.folds == fold
        scores = learned.start + examples.evidence[own] @ np.array(list(learned.weights.values()))
        held[own] = 1.0 / (1.0 + np.exp(-scores))
    likelihood = np.where(examples.right, held, 1.0 - held)
    print(f"{len(held)} found, {examples.right.sum()} meant; held back: log loss {-np.log(likelihood).mean():.4f}")
    learned = fit(examples.evidence, examples.right)
    lines = [f"START = {learned.start}", "WEIGHTS: dict[str, float] = {"]
    lines += [f'    "{name}": {weight},' for name, weight in learned.weights.items()]
    print("\n".join([*lines, "}"]))
    if options.write:
        replace_between(WEIGHING, OPENING, CLOSING, [*lines, "}"])


if __name__ == "__main__":
    main()
