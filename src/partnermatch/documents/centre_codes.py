"""Which centres does the last cell of an agreement mean?

Contract: codes are parted by `、`, `,` or `/`, but a code that holds a slash itself stays whole. A code is looked up in
the centres table of the same document: as written, else without regard to case, else one letter away from exactly one
code, else as the opening of exactly one centre's full name. An unknown one is kept. Everything but the first case is
noted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_BETWEEN = re.compile(r"[、､,，;；]")
_SLASH = re.compile(r"[/／]")
# In letters. Three-letter codes lie one letter apart from each other (RNC, RSC), so only longer ones are corrected.
_SHORTEST_CORRECTED = 4
_LONGEST_CORRECTED = 20
_MOST_EDITS = 1
# In letters, of a centre's full name that stands in place of its code.
_SHORTEST_OPENING = 3
_LONGEST_OPENING = 20


@dataclass(frozen=True)
class CentreCodes:
    """The centres of one document, indexed so that a look-up does not depend on how many there are.

    Attributes:
        codes: every abbreviation of the table.
        by_case: the codes by their casefolded form.
        by_deletion: the codes by themselves with at most one letter left out.
        by_opening: the codes by the openings of their full names.
    """

    codes: frozenset[str]
    by_case: Mapping[str, frozenset[str]]
    by_deletion: Mapping[str, frozenset[str]]
    by_opening: Mapping[str, frozenset[str]]

    def resolve_cell(self, cell: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Read a cell of codes.

        Returns:
            the codes in the cell's order, and (as written, note) for each that was not found as written.
        """
        codes: list[str] = []
        notes: list[tuple[str, str]] = []
        for written in self._split_cell(cell):
            code, note = self._resolve_code(written)
            codes.append(code)
            if note:
                notes.append((written, note))
        return codes, notes

    def are_codes(self, cell: str) -> bool:
        """Say whether a cell holds nothing but codes of the table."""
        pieces = self._split_cell(cell)
        return bool(pieces) and all(piece in self.codes for piece in pieces)

    def _split_cell(self, cell: str) -> list[str]:
        pieces: list[str] = []
        for piece in map(str.strip, _BETWEEN.split(cell)):
            pieces += [piece] if piece in self.codes else map(str.strip, _SLASH.split(piece))
        return [piece for piece in pieces if piece]

    def _resolve_code(self, written: str) -> tuple[str, str]:
        """Find the code that is meant, and say how it was found."""
        if written in self.codes:
            return written, ""
        for found, how in (
            (self.by_case.get(written.casefold(), frozenset()), "written in another case"),
            (self._find_near(written), "one letter away"),
            (self.by_opening.get(written, frozenset()), "the opening of its full name"),
        ):
            if len(found) == 1:
                (code,) = found
                return code, f"read as {code}: {how}"
        return written, "not in the table of centres: kept as written"

    def _find_near(self, written: str) -> frozenset[str]:
        """Find the codes at most one edit away; two words that near share one of their shortened forms."""
        if not _SHORTEST_CORRECTED <= len(written) <= _LONGEST_CORRECTED:
            return frozenset()
        near = (self.by_deletion.get(form, frozenset()) for form in _drop_one_letter(written))
        return frozenset(code for codes in near for code in codes if Levenshtein.distance(code, written) <= _MOST_EDITS)


def index_centres(centres: Iterable[tuple[str, str]]) -> CentreCodes:
    """Index the centres of a document.

    Args:
        centres: (abbreviation, full name) of each.
    """
    cases: defaultdict[str, set[str]] = defaultdict(set)
    deletions: defaultdict[str, set[str]] = defaultdict(set)
    openings: defaultdict[str, set[str]] = defaultdict(set)
    codes: set[str] = set()
    for code, name in centres:
        codes.add(code)
        cases[code.casefold()].add(code)
        if _SHORTEST_CORRECTED <= len(code) <= _LONGEST_CORRECTED:
            for form in _drop_one_letter(code):
                deletions[form].add(code)
        for length in range(_SHORTEST_OPENING, min(len(name), _LONGEST_OPENING) + 1):
            openings[name[:length]].add(code)
    return CentreCodes(frozenset(codes), _freeze_index(cases), _freeze_index(deletions), _freeze_index(openings))


def _freeze_index(index: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {form: frozenset(codes) for form, codes in index.items()}


def _drop_one_letter(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
