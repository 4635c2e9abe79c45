"""Which English words head, open or run through the name of an organization?

Contract: word lists only, as they are written in running text; how they make a name is the grammar's business.
"""

from __future__ import annotations

_HEADS = """
University Universität Université Universitet College School Faculty Institute Institutet Institut Institution Academy
Department Division Centre Center Laboratory Laboratories Hospital Clinic Foundation Fund Society Association Federation
Council Agency Ministry Embassy Consulate Office Organisation Organization Corporation Company Consortium Network
Alliance Trio League Union Museum Library Observatory Commission Board Authority
"""
# Capitalized at the start of a sentence or in a title, and no part of a name.
_OUTSIDE = """
The A An At In On By For From With And Or Of To As This That These Those Some Several Many Our Their His Her Its Both
All Each Dr Prof Professor Mr Mrs Ms Between Through Within While When Where
"""
# In these fields "and" inside a name runs on to the head: Science and Technology Agency.
_FIELDS = """
Technology Engineering Research Development Medicine Health Culture Education Sciences
"""

HEADS = frozenset(_HEADS.split())
SMALL_HEADS = frozenset(_HEADS.lower().split())
OUTSIDE = frozenset(_OUTSIDE.split())
FIELDS = frozenset(_FIELDS.split())
POSTS = frozenset(("embassy", "consulate", "Embassy", "Consulate"))
BRANCHES = frozenset(("office", "branch"))
SITES = ("campus", "site")
# Their possessive is part of a name (Women's College); any other one parts an owner from what is his.
OWNERS_IN_NAMES = frozenset(("Women", "Men", "Children", "People", "King", "Queen"))
SMALL_WORDS = frozenset(("of", "for", "the", "and", "in", "on", "at", "de", "la"))
