"""Whether the acronym of one name is the other's: the same acronym, its initials, or the letters of its translation."""

from __future__ import annotations

import numpy as np

from partnermatch.csr import sort_once
from partnermatch.evidence.columns import Columns
from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Floats, Ints, Profiles
from partnermatch.settings import EvidenceSettings
from partnermatch.strings import hash_strings
from partnermatch.text.initials import initials_around

MIN_LETTERS = 3
"""Letters; a shorter acronym fits too many names."""


def fit_acronyms(
    profiles: Profiles,
    columns: Columns,
    left: Ints,
    right: Ints,
    settings: EvidenceSettings = EvidenceSettings(),
    *,
    share: bool = True,
) -> tuple[Floats, Flags]:
    """How well the acronym of one fits the other, 0..1, and whether one spells out an acronym among the words of the other: [p].

    An acronym that one of both has is one of the other's, or is its initials in order: 1. Where only the letters of a
    translated name agree it is less. An acronym that is a word of both names (NIHR Leeds, NIHR Bristol) is no more than that;
    but NIT Silchar is the National Institute of Technology Silchar: with the acronym between them the initials of one are
    those of the other, and all of its other words are there.

    Args:
        profiles: [n] names.
        columns: of these.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
        settings: how well letters without their order fit.
        share: whether what rests on letters alone is shared out among all names here whose letters agree.
    """
    fits, spelled = np.zeros(len(left)), np.zeros(len(left), dtype=np.bool_)
    spellers = columns.spellers if share else columns.spellers[:0]
    there, back = columns.spoken[left], columns.spoken[right]
    if not (there.any() or back.any()):
        return fits, spelled
    asking, giving = np.concatenate([left[there], right[back]]), np.concatenate([right[there], left[back]])
    asked = {row: _ask(profiles, row) for row in sort_once(asking).tolist()}
    given = {row: _give(profiles, row) for row in sort_once(giving).tolist()}
    met = [not asked[row].isdisjoint(given[other]) for row, other in zip(asking.tolist(), giving.tolist(), strict=True)]
    spoken = np.concatenate([np.flatnonzero(there), np.flatnonzero(back)])
    for pair in sort_once(spoken[np.array(met, dtype=np.bool_)]).tolist():
        one, two = int(left[pair]), int(right[pair])
        shared = set(profiles.acronyms[one]).intersection(profiles.acronyms[two])
        same = any(not (_is_word(profiles, one, acronym) and _is_word(profiles, two, acronym)) for acronym in shared)
        ways = ((one, two), (two, one))
        spelled[pair] = any(_spells_within(profiles, *ends) for ends in ways)
        fits[pair] = (
            1.0 if same or spelled[pair] else max(_spells(profiles, *ends, spellers, settings) for ends in ways)
        )
    return fits, spelled


def compare_acronyms(spoken: Flags, fits: Floats, left: Ints, right: Ints) -> dict[str, Floats]:
    """The claims `acronym_fits` and `acronyms_differ`: [p] each.

    Args:
        spoken: [n] whether each name has an acronym.
        fits: [p] how well that of one fits the other, see `fit_acronyms`.
        left: [p] rows of the names.
        right: [p] rows of the names.
    """
    return {"acronym_fits": fits, "acronyms_differ": (1.0 - fits) * (spoken[left] & spoken[right])}


def spell_out(explained: Explained, fits: Floats, enough: float) -> Explained:
    """A bare acronym and the name that it spells explain each other, as far as the letters fit."""
    if not fits.any():
        return explained
    return explained._replace(
        share=np.maximum(explained.share, fits),
        named=np.maximum(explained.named, fits),
        missing_name=np.minimum(explained.missing_name, 1.0 - fits),
        missing_field=np.minimum(explained.missing_field, 1.0 - fits),
        missing_standing=np.minimum(explained.missing_standing, 1.0 - fits),
        missing_rank=np.minimum(explained.missing_rank, 1.0 - fits),
        missing_abroad=np.minimum(explained.missing_abroad, 1.0 - fits),
        weight=np.maximum(explained.weight, fits * enough / 2),
        bent=np.where(fits > 0, 0.0, explained.bent),
    )


def _list_around(profiles: Profiles, row: int) -> str:
    """The initials of a name around its acronyms; empty for an acronym by itself."""
    text, acronyms = profiles.folded[row], profiles.acronyms[row]
    return "" if text in acronyms else initials_around(text, acronyms)


def _spells_within(profiles: Profiles, short: int, long: int) -> bool:
    """Whether a name is another that spells out its acronyms, and has all of its other words, and some."""
    if not profiles.acronyms[short] or _list_around(profiles, short) != profiles.initials[long]:
        return False
    words, there = (set(_list_keys(profiles, row)) for row in (short, long))
    kept = words.difference([f"rest:{acronym}" for acronym in profiles.acronyms[short]])
    return bool(kept) and kept <= there


def _list_keys(profiles: Profiles, row: int) -> list[str]:
    own = profiles.values[profiles.starts[row] : profiles.starts[row + 1]].tolist()
    return [profiles.atoms.keys[atom] for atom in own]


def _is_word(profiles: Profiles, row: int, acronym: str) -> bool:
    """Whether an acronym is a word of a name itself, not of what stands beside it."""
    return f"rest:{acronym}" in _list_keys(profiles, row)


def _ask(profiles: Profiles, row: int) -> set[str]:
    """What an acronym of a name may fit: itself, with the initials around it, and behind a `/` its letters in any order."""
    acronyms = profiles.acronyms[row]
    asked = {*acronyms, _list_around(profiles, row), *[f"/{''.join(sorted(acronym))}" for acronym in acronyms]}
    return asked - {""}


def _give(profiles: Profiles, row: int) -> set[str]:
    """What another's acronym may fit in a name: its own acronyms, its initials, the letters of its translation."""
    return {*profiles.acronyms[row], profiles.initials[row], *[f"/{letters}" for letters in profiles.letters[row]]}


def _spells(profiles: Profiles, short: int, long: int, spellers: Ints, settings: EvidenceSettings) -> float:
    acronyms = [acronym for acronym in profiles.acronyms[short] if len(acronym) >= MIN_LETTERS]
    if profiles.initials[long] in acronyms:
        return 1.0
    found = [letters for acronym in acronyms if (letters := "".join(sorted(acronym))) in profiles.letters[long]]
    return max((settings.letters_only / max(1, _count(spellers, letters)) for letters in found), default=0.0)


def _count(spellers: Ints, letters: str) -> int:
    """In how many names a translation has these letters."""
    first, last = (np.searchsorted(spellers, hash_strings([letters]), side) for side in ("left", "right"))
    return int(last[0] - first[0])
