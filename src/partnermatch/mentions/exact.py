"""Which strings are nothing but the name of one institution."""

from __future__ import annotations

import numpy as np

from partnermatch.mentions.claims import CLAIMS, DETAILS
from partnermatch.mentions.spotting import Spotted
from partnermatch.mentions.tokens import Tokens, count_within
from partnermatch.model import Flags, Floats

NEARLY_EXACT = 0.9
"""How alike a run and a name are, word by word, that differ by a misprint at most."""


def find_exact(tokens: Tokens, spotted: Spotted, claims: Floats) -> Flags:
    """[m] Whether the string says nothing but the name of one institution, letter by letter or nearly, and where it is.

    A place stands in a part of its own: Queens University of Charlotte is not Queens University. What stands in brackets counts
    for nothing. Acronyms are no such names, nor are those of several institutions, nor one word that is only nearly a name.
    """
    columns = [*CLAIMS, *DETAILS]
    written, alike, acronym = (claims[:, columns.index(claim)] for claim in ("as_written", "same_order", "acronym"))
    firsts, lasts = spotted.firsts, spotted.lasts
    named = (written > 0) | (~spotted.partial & (alike >= NEARLY_EXACT) & (lasts > firsts))
    placing = np.any([tokens.mark_all(f"{role}:") for role in ("place", "country", "number")], axis=0)
    part = tokens.number_parts()
    around = np.searchsorted(part, part[firsts], "left"), np.searchsorted(part, part[lasts], "right") - 1
    string = tokens.starts[spotted.strings], tokens.starts[spotted.strings + 1] - 1
    alone = np.ones(len(firsts), dtype=np.bool_)
    for saying, bounds in ((~tokens.bracketed, around), (~tokens.bracketed & ~placing, string)):
        own = count_within(saying, firsts, lasts)
        alone &= (count_within(saying, *bounds) == own) & (own > 0)
    return np.asarray(named & alone & (acronym == 0) & (spotted.owners == 1), dtype=np.bool_)
