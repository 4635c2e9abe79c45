"""Step 2, profiles to links: which different words of the vocabulary may stand for each other, and how nearly.

Found once per pair of distinct words, never on rows: misspellings share a word with one letter deleted; misread katakana
share what is left when voicing marks, small kana and long marks are ignored; words of different scripts share the outline
of their sound. Each finding is then measured with rapidfuzz and kept above a threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from partnermatch.model import Atoms, Links, Role, Script
from partnermatch.settings import LinkSettings
from partnermatch.text.sound import outline, skeleton, voice
from partnermatch.text.spelling import deletions

MAX_SHARED = 400
"""Words that may share a deletion or an outline; more say that it is too short to tell anything."""

_NAMED = (int(Role.REST), int(Role.PLACE))
_VOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョー",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホアイウエオツヤユヨ\0",
)


def find_links(atoms: Atoms, settings: LinkSettings) -> Links:
    """Find the pairs of atoms that may stand for each other.

    Args:
        atoms: the vocabulary.
        settings: thresholds.

    Returns:
        Each pair once, with the strongest reason for it.
    """
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for reason, findings in enumerate((_typos(atoms, settings), _misread(atoms), _sounds(atoms, settings))):
        for left, right, alike in findings:
            pair = (min(left, right), max(left, right))
            if left != right and alike > best.get(pair, (0.0, 0))[0]:
                best[pair] = (alike, reason)
    pairs = sorted(best)
    return Links(
        np.array([left for left, _ in pairs], dtype=np.int64),
        np.array([right for _, right in pairs], dtype=np.int64),
        np.array([best[pair][0] for pair in pairs], dtype=np.float64),
        np.array([best[pair][1] for pair in pairs], dtype=np.int64),
    )


def _typos(atoms: Atoms, settings: LinkSettings) -> Iterator[tuple[int, int, float]]:
    """Latin words one edit apart, two where they are long; of two words that both are known, neither is a misspelling."""
    spelled = [
        (form, number)
        for number in _named(atoms)
        for form in atoms.forms[number]
        if len(form) >= settings.min_typo_letters and form.isascii() and form.isalpha()
    ]
    for left, right in _sharing((form, deletions(form)) for form, _ in spelled):
        (word, one), (other, two) = spelled[left], spelled[right]
        if atoms.roles[one] != Role.REST and atoms.roles[two] != Role.REST:
            continue
        allowed = 2 if min(len(word), len(other)) >= settings.two_typo_letters else 1
        edits = OSA.distance(word, other, score_cutoff=allowed)
        if edits <= allowed:
            yield one, two, 1.0 - edits / min(len(word), len(other))


def _misread(atoms: Atoms) -> Iterator[tuple[int, int, float]]:
    """Katakana words that differ in what is misread or spelled by turns: バ and パ, ュ and ユ, a missing ー."""
    spelled = [
        (form, number)
        for number in _named(atoms)
        for form in atoms.forms[number]
        if len(form) >= 2 and atoms.scripts[number] == Script.KANA
    ]
    plain = [form.translate(_VOICED).replace("\0", "") for form, _ in spelled]
    for left, right in _sharing((form, deletions(form) if len(form) > 3 else (form,)) for form in plain):
        edits = OSA.distance(plain[left], plain[right], score_cutoff=1)
        if edits <= 1:
            share = edits / min(len(plain[left]), len(plain[right]))
            yield spelled[left][1], spelled[right][1], 0.92 - share


def _sounds(atoms: Atoms, settings: LinkSettings) -> Iterator[tuple[int, int, float]]:
    """Words of different scripts that sound alike."""
    spoken: list[tuple[int, bool, str, str, str]] = []
    for number in _named(atoms):
        for reading, foreign in _voices(atoms, number):
            bones = skeleton(reading)
            if len(bones) >= settings.min_sound_consonants:
                spoken.append((number, foreign, reading, bones, outline(bones)))
    pairs = [
        (left, right)
        for left, right in _sharing((row[4], deletions(row[4]) if len(row[4]) > 2 else (row[4],)) for row in spoken)
        if spoken[left][1] != spoken[right][1]
    ]
    if not pairs:
        return
    alike = _measure([spoken[left] for left, _ in pairs], [spoken[right] for _, right in pairs])
    for (left, right), likeness in zip(pairs, alike, strict=True):
        if likeness >= settings.min_sound:
            yield spoken[left][0], spoken[right][0], float(likeness)


def _measure(
    left: list[tuple[int, bool, str, str, str]], right: list[tuple[int, bool, str, str, str]]
) -> NDArray[np.float64]:
    """Similarity in sound, row by row: vowels and consonants, consonants alone, and their outline."""
    shares = [
        process.cpdist([row[part] for row in left], [row[part] for row in right], scorer=scorer)
        for part, scorer in zip((2, 3, 4), (Levenshtein.normalized_similarity,) * 3, strict=True)
    ]
    return np.asarray(0.35 * shares[0] + 0.3 * shares[1] + 0.35 * shares[2], dtype=np.float64)


def _voices(atoms: Atoms, number: int) -> list[tuple[str, bool]]:
    """The ways an atom may sound, and whether each comes from a script other than Latin."""
    latin = {form for form in atoms.forms[number] if form.isascii()}
    found = []
    for place, reading in enumerate(atoms.readings[number]):
        foreign = not (reading in latin or atoms.scripts[number] == Script.LATIN)
        kana = foreign and place == 0
        found.append((voice(reading, kana=kana), foreign))
    return found


def _named(atoms: Atoms) -> list[int]:
    return [int(number) for number in np.flatnonzero(np.isin(atoms.roles, _NAMED))]


def _sharing(words: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[int, int]]:
    """Places of words that share a variant, each pair once, in order."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_, variants) in enumerate(words):
        for variant in set(variants):
            holders[variant].append(place)
    return sorted(
        {
            (left, right)
            for places in holders.values()
            if len(places) <= MAX_SHARED
            for position, left in enumerate(places)
            for right in places[position + 1 :]
        }
    )
