"""What the larger organizations say to which two names belong."""

from __future__ import annotations

import numpy as np

from partnermatch.evidence.acronyms import fit_acronyms
from partnermatch.evidence.words import Explained, Matcher
from partnermatch.model import Flags, Floats, Ints


def compare_wholes(
    matcher: Matcher, left: Ints, right: Ints, there: Explained, back: Explained, field_missing: Floats | Flags
) -> dict[str, Floats | Flags]:
    """Compare the organizations above, where both name one; where one does, the other may say it in its own name.

    Args:
        matcher: over the profiles and links.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        field_missing: [p] the claim of that name: what tells the parts of one whole apart.
    """
    above, below = matcher.profiles.wholes[left], matcher.profiles.wholes[right]
    two = (above >= 0) & (below >= 0)
    alike = np.zeros(len(left))
    if two.any():
        alike[two] = _liken_wholes(matcher, above[two], below[two])
    unnamed = (above >= 0) ^ (below >= 0)
    nameless = ~(there.has_name | back.has_name | there.has_standing | back.has_standing)
    return {
        "wholes_agree": alike,
        "wholes_differ": two * (1.0 - alike),
        "siblings_differ": alike * field_missing,
        "whole_unnamed": unnamed,
        "whole_needed": unnamed * nameless,
    }


def _liken_wholes(matcher: Matcher, above: Ints, below: Ints) -> Floats:
    there, back = matcher.explain_both(above, below)
    fits, _ = fit_acronyms(matcher.profiles, matcher.columns, above, below, matcher.settings, share=False)
    foreign = np.minimum(there.missing_country, back.missing_country) > 0  # the Czech academy is not the Chinese one
    named = np.where(there.has_name | back.has_name, np.minimum(there.named, back.named), 1.0)
    shared = np.minimum(np.minimum(there.share, back.share), named)  # Jilin University is not half of Peking University
    return np.maximum(np.where(foreign, 0.0, shared), fits)
