"""The names of the columns of an answer, in their order."""

from __future__ import annotations

DEDUPE_COLUMNS = ("canonical_id", "canonical_name", "unit", "unit_id", "root_id", "confidence", "decision", "reason")
RESOLVE_COLUMNS = (*DEDUPE_COLUMNS, "all_ids")
LINK_COLUMNS = ("left_id", "right_id", "probability", "decision")
CANDIDATE_COLUMNS = ("candidate_ids", "candidate_scores")
NUMBERS = ("confidence", "probability")
"""Those that hold no texts."""
