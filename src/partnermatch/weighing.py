"""Steps 5 and 6 for many pairs, portion by portion: of the evidence only the score of each pair is kept, and the reason.

A million names have six million pairs, whose evidence would take more memory than all else.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from partnermatch.evidence import PAIRS_AT_ONCE, gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.model import Candidates, Evidence, Flags, Ints, Scores
from partnermatch.parallel import spread
from partnermatch.scores import score_pairs
from partnermatch.settings import ScoreSettings

REASONS = ("same_words", "acronym", "other_script", "spelling")
"""Codes of what joins a pair."""
ACRONYM_FITS, WORDS_ANSWERED = 0.8, 0.6
"""From which fit an acronym joins a pair whose words do less."""


def weigh_pairs(
    matcher: Matcher,
    candidates: Candidates,
    settings: ScoreSettings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    workers: int = 1,
) -> tuple[Scores, Ints]:
    """Score every pair.

    Args:
        matcher: over the profiles and links.
        candidates: [p] pairs.
        settings: of the scores.
        advance: told how many pairs were scored since the last call.
        workers: processes that share the pairs, at most.

    Returns:
        The scores, and [p] the place in `REASONS` of what joins each pair, if it is joined.
    """
    latin = matcher.columns.latin

    def weigh(start: int) -> tuple[Scores, Ints]:
        left, right = (ends[start : start + PAIRS_AT_ONCE] for ends in (candidates.left, candidates.right))
        evidence = gather_evidence(matcher, left, right)
        return score_pairs(evidence, settings), _find_reasons(evidence, latin[left] != latin[right])

    parts = []
    for scores, reasons in spread(weigh, range(0, len(candidates.left), PAIRS_AT_ONCE), workers):
        advance(len(reasons))
        parts.append((scores.probabilities, scores.vetoes, reasons))
    nothing = (np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    probabilities, vetoes, reasons = (np.concatenate(columns) for columns in zip(nothing, *parts, strict=True))
    return Scores(probabilities, vetoes), reasons


def _find_reasons(evidence: Evidence, foreign: Flags) -> Ints:
    """What joins each pair; `foreign` if only one of the two is in Latin letters."""
    fits, answered, apart = (
        evidence.values[:, evidence.claims.index(claim)]
        for claim in ("acronym_fits", "words_answered", "spelled_apart")
    )
    choices = {"acronym": (fits >= ACRONYM_FITS) & (answered < WORDS_ANSWERED), "other_script": foreign}
    choices["spelling"] = apart > 0
    return np.select(list(choices.values()), [REASONS.index(code) for code in choices], 0)
