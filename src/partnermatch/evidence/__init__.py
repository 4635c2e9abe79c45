"""Step 5, candidates to evidence: what each pair says for and against meaning one institution.

A claim is a column. The heart of it is how much of each name the other one explains: every word of a name asks to be
explained, by its weight, and is explained by the same meaning on the other side, by a word linked to it, or (for kinds of
organization) by a kind of the same family. What stands beside a name, and the whole above it, may explain but asks for
nothing.
"""

from partnermatch.evidence.claims import CLAIMS
from partnermatch.evidence.gathering import PAIRS_AT_ONCE, gather_evidence

__all__ = ["CLAIMS", "PAIRS_AT_ONCE", "gather_evidence"]
