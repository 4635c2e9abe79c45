"""All claims about many pairs: which of them is worked out from what, and in which order."""

from __future__ import annotations

import numpy as np

from partnermatch.evidence.acronyms import compare_acronyms, fit_acronyms, spell_out
from partnermatch.evidence.claims import CLAIMS
from partnermatch.evidence.columns import Columns
from partnermatch.evidence.countries import compare_countries
from partnermatch.evidence.details import compare_details
from partnermatch.evidence.kinds import compare_kinds
from partnermatch.evidence.missing import compare_words
from partnermatch.evidence.misspelled import mend_misspelled
from partnermatch.evidence.schools import compare_schools
from partnermatch.evidence.wholes import compare_wholes
from partnermatch.evidence.words import Matcher, Words
from partnermatch.model import Evidence, Flags, Floats, Ints, Profiles

PAIRS_AT_ONCE = 8_192
"""Pairs worked on at once: their words, those of both ways, fit the processor's cache."""


def gather_evidence(matcher: Matcher, left: Ints, right: Ints, words: Words | None = None) -> Evidence:
    """Work out every claim for every pair.

    Args:
        matcher: over the profiles and links.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
        words: of pairs that are worked on at once, those of the left names and then of the right ones, if they were matched
            before.

    Returns:
        A column a claim, each the same for (left, right) and (right, left).
    """
    columns = np.zeros((len(CLAIMS), len(left)), np.float32)  # a column in one piece, as it is written and read
    for start in range(0, len(left), PAIRS_AT_ONCE):
        block = slice(start, start + PAIRS_AT_ONCE)
        claims = _work_out(matcher, left[block], right[block], words)
        for column, claim in zip(columns, CLAIMS, strict=True):
            column[block] = claims[claim]
    return Evidence(tuple(CLAIMS), columns.T)


def _work_out(matcher: Matcher, left: Ints, right: Ints, words: Words | None) -> dict[str, Floats | Flags]:
    profiles, columns = matcher.profiles, matcher.columns
    fits, spelled = fit_acronyms(profiles, columns, left, right, matcher.settings)
    spelled_out = np.where(columns.bare[left] | columns.bare[right] | spelled, fits, 0.0)
    there, back = matcher.explain_both(left, right, words)
    one_script = columns.latin[left] == columns.latin[right]
    families = profiles.families[left], profiles.families[right]
    there, back = mend_misspelled(profiles, there, back, left, right, one_script, one_script & ~columns.latin[left])
    there, back = (spell_out(side, spelled_out, matcher.settings.enough_shared) for side in (there, back))
    words_differ = compare_words(there, back, one_script, matcher.settings)
    return {
        "same_text": _same_text(profiles, columns, left, right),
        **words_differ,
        **compare_details(there, back, one_script),
        **compare_kinds(there, back, *families, one_script),
        **compare_schools(there, back, *families, one_script, words_differ),
        **compare_countries(columns.countries, left, right, matcher.settings),
        **compare_wholes(matcher, left, right, there, back, words_differ["field_missing"]),
        **compare_acronyms(columns.spoken, fits, left, right),
    }


def _same_text(profiles: Profiles, columns: Columns, left: Ints, right: Ints) -> Floats:
    """1 where both the own names and the wholes above them are the same once folded."""
    same = np.zeros(len(left))
    (pairs,) = (columns.texts[left] == columns.texts[right]).nonzero()
    for pair in pairs.tolist():
        one, two = int(left[pair]), int(right[pair])
        above = [profiles.folded[whole] if whole >= 0 else None for whole in profiles.wholes[[one, two]].tolist()]
        same[pair] = profiles.folded[one] == profiles.folded[two] and above[0] == above[1]
    return same
