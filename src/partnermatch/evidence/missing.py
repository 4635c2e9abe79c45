"""What is found of each name in the other, and what is missing: distinctive words, fields, standings."""

from __future__ import annotations

import numpy as np

from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Floats
from partnermatch.settings import EvidenceSettings


def compare_words(
    there: Explained, back: Explained, one_script: Flags, settings: EvidenceSettings
) -> dict[str, Floats | Flags]:
    """The claims about words that are answered, missing, added, swapped, few or spelled otherwise: [p] each.

    Args:
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        one_script: [p] whether both are written in Latin letters, or neither is.
        settings: from which weight a word is missing, or enough is shared, in full.
    """
    two_named = there.has_name & back.has_name
    weight = np.minimum(there.weight, back.weight)
    telling = [
        np.maximum(side.missing_name / settings.full_name, side.missing_field / settings.full_field)
        for side in (there, back)
    ]
    swapped = np.minimum(1.0, np.minimum(*telling))
    claims: dict[str, Floats | Flags] = {
        "words_answered": np.minimum(there.share, back.share),
        "names_answered": np.minimum(there.named, back.named) * two_named,
        "words_unanswered": 1.0 - np.maximum(there.share, back.share),
        "swapped": swapped,
        "swapped_in_one_script": swapped * one_script,
        "little_shared": np.maximum(0.0, 1.0 - weight / settings.enough_shared),
        "spelled_apart": np.minimum(1.0, there.bent + back.bent),
    }
    added = (there.has_field ^ back.has_field) & (np.maximum(there.missing_field, back.missing_field) > 0)
    claims["field_added"], claims["field_added_in_one_script"] = added, added & one_script
    parts = (("name", settings.full_name), ("field", settings.full_field), ("standing", settings.full_standing))
    for part, full in parts:
        missing = np.maximum(getattr(there, f"missing_{part}"), getattr(back, f"missing_{part}"))
        missing = np.minimum(1.0, missing / full)
        claims[f"{part}_missing"], claims[f"{part}_missing_in_one_script"] = missing, missing * one_script
    return claims
