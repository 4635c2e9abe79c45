"""How likely an institution is meant whose name was found in running text, where no place stands around it.

What `mentions` says of it was learned from strings that are affiliations. A sum of that and of some claims (a logistic
regression), learned from passages, says it of running text: that others are named beside it speaks against none of them, that
it is a funder speaks for it, and an acronym needs an institution that is better known than all others that go by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.mentions import Found
from partnermatch.mentions.choice import as_chances, choose, weigh_claims
from partnermatch.mentions.claims import CLAIMS, DETAILS
from partnermatch.model import Flags, Floats, Ints
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA

# Learned by benchmarks/fit_extraction.py.
START = -1.522
WEIGHTS: dict[str, float] = {
    "chance": 0.455,
    "standing": 0.42,
    "bounded": 1.805,
    "goes_on_of": 1.707,
    "name_alone": 0.535,
    "acronym": -1.285,
    "acronym_of_prominent": 1.152,
    "short_acronym": -1.689,
    "shared": -1.322,
    "best_known_namesake": 0.901,
    "partly_named": -0.89,
    "within_whole_name": -1.754,
    "funder": 2.083,
}
# End of what is learned.
"""Log-odds that each of `EVIDENCE` adds, times its value."""

EVIDENCE = {
    "chance": "log-odds that it is meant, were the text an affiliation",
    "standing": "how it stands by the claims about it alone",
    "bounded": "a mark or a word that is no part of a name stands before it and behind it",
    "goes_on_of": "what stands behind it begins with of or for",
    "name_alone": "it is bounded, and its words are a name as it is written",
    "acronym": "it is an acronym",
    "acronym_of_prominent": "and has many listings and relations",
    "short_acronym": "and has three letters at most",
    "shared": "others go by the same words",
    "best_known_namesake": "it is better known than these",
    "partly_named": "only a part of its name was found",
    "within_whole_name": "its words are part of a longer name",
    "funder": "it is a funder",
}
SUREST, FARTHEST, NEVER = 6.0, 8.0, 1e-6
"""Log-odds and standing beyond which neither counts any more, and a probability that has such log-odds."""
HOPELESS, HOPELESS_STANDING = 0.0005, -6.0
"""Probability and standing under which an institution is not looked at."""
NAMED = 0.5
"""Probability from which an institution is named, so that its acronym means it."""
AROUND = 40
"""Characters on each side of a name that are looked at."""
_JAPANESE = f"{KANJI}{KATAKANA}{HIRAGANA}、。・「」（）【】"
_BEHIND = re.compile(
    rf"^(?:['’]s)?\s*(?:$|[,;:.()\[\]/\n{_JAPANESE}]|(?:and|or|und|et|y|e|och|og|in|at|by|with|under|through|via|is|was|were|are"
    r"|has|had|have)\b|[a-z0-9])"
)
_BEFORE = re.compile(
    rf"(?:^|[,;:()\[\]/\n“\"{_JAPANESE}]|\b(?:and|or|the|a|by|from|at|in|with|to|of|for|via|und|et|y|e|och|von|der|de|la|le|les"
    r"|des|du|den|dem|die|das)|\b[ld]['’]|[.a-z0-9])\s*$"
)
_OF = re.compile(r"^\s+(?:of|for)\b")
_GLUED = re.compile(r"^(?:[-/‐]?\d|[-/]\w*\d)")
"""What makes a number or a grant of an acronym: GM128181, NE/S001670/1, COVID-19."""


class Judged(NamedTuple):
    """What may be meant, as an affiliation would.

    Attributes:
        found: institutions found in stretches of a text, [m].
        chances: [m] probability that each is meant, were its stretch an affiliation.
        standing: [m] how each stands by the claims about it.
    """

    found: Found
    chances: Floats
    standing: Floats


def judge(found: Found) -> Judged:
    """What is not out of the question of what was found."""
    places = (found.strings, found.firsts, found.lasts, found.claims)
    chances, standing = choose(*places, apart=True), weigh_claims(*places, apart=True)[:, -1]
    rows = np.flatnonzero((chances >= HOPELESS) | (standing >= HOPELESS_STANDING))
    return Judged(found.pick(rows), chances[rows], standing[rows])


def weigh(judged: Judged, text: str, spans: Sequence[tuple[int, int]]) -> Floats:
    """The probability that the text means each institution: [m].

    Args:
        judged: what may be meant.
        text: as it reads.
        spans: [m] offsets of each name in it.
    """
    weights = np.array([WEIGHTS[own] for own in EVIDENCE])
    evidence = gather(judged, text, spans)
    chances = as_chances(START + np.einsum("me,e->m", evidence, weights))
    acronym = evidence[:, list(EVIDENCE).index("acronym")] > 0
    chances = np.maximum(chances, _recall_named(judged.found.institutions, chances, acronym))
    return np.where(_match(_GLUED, [text[end : end + AROUND] for _, end in spans]), 0.0, chances)


def _recall_named(institutions: Ints, chances: Floats, acronym: Flags) -> Floats:
    """[m] How likely what an acronym may mean is named in full elsewhere in the text; 0 for all else.

    A text means one thing by an acronym (one sense per discourse; Gale, Church & Yarowsky, 1992): SU, where Stockholm University is
    named.
    """
    named = np.zeros(int(institutions.max(initial=-1)) + 1)
    sure = ~acronym & (chances >= NAMED)
    np.maximum.at(named, institutions[sure], chances[sure])
    return np.where(acronym, named[institutions], 0.0)


def gather(judged: Judged, text: str, spans: Sequence[tuple[int, int]]) -> Floats:
    """What is known of each, in the order of `EVIDENCE`: [m, e]; arguments as of `weigh`."""
    claims = {name: judged.found.claims[:, place] for place, name in enumerate((*CLAIMS, *DETAILS))}
    before = [text[max(0, start - AROUND) : start] for start, _ in spans]
    behind = [text[end : end + AROUND] for _, end in spans]
    of = _match(_OF, behind)
    bounded = _match(_BEFORE, before) & _match(_BEHIND, behind) & ~of
    chances = np.clip(judged.chances, NEVER, 1.0 - NEVER)
    several = np.array([" " in text[start:end] for start, end in spans], dtype=np.bool_)
    columns = claims | {
        "chance": np.clip(np.log(chances / (1.0 - chances)), -SUREST, SUREST),
        "standing": np.clip(judged.standing, -FARTHEST, FARTHEST),
        "bounded": bounded,
        "goes_on_of": of,
        "name_alone": bounded & several & (claims["as_written"] > 0) & (claims["acronym"] == 0),
        "short_acronym": claims["acronym"] * claims["three_letters"],
    }
    return np.stack([np.asarray(columns[name], dtype=np.float64) for name in EVIDENCE], axis=1)


def _match(pattern: re.Pattern[str], texts: Sequence[str]) -> Flags:
    return np.array([bool(pattern.search(text)) for text in texts], dtype=np.bool_)
