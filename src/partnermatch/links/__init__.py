"""Step 2, profiles to links: which different words of the vocabulary may answer for each other, and how nearly.

Found once per pair of distinct words, never on rows. Misspellings share a word with one letter deleted; misread katakana
share what is left when voicing marks, small kana and long marks are ignored; Japanese words share a romanization, by
their dictionary reading or by their characters; words of different scripts share a key of their sound, places a written
form. Each finding is then measured and kept above a threshold. What translates what comes from the lexicon.

Every kind of finding indexes one vocabulary and is asked by the words of another, which begins with the first: for
`dedupe` both are the same, and all ask; a registry is indexed once, and the names that are looked up in it ask. Where both are
the same, each kind first says whether it may find anything: between the words of two names most kinds cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, Self

import numpy as np

from partnermatch.csr import differ_from_last, sort_once
from partnermatch.links.characters import Characters
from partnermatch.links.findings import NOTHING, Findings, Vocabulary
from partnermatch.links.misread import Misread
from partnermatch.links.namesakes import Namesakes
from partnermatch.links.romanizations import Romanizations
from partnermatch.links.sounds import Sounds
from partnermatch.links.translations import Translations
from partnermatch.links.typos import Typos
from partnermatch.model import Atoms, Floats, Ints, Links
from partnermatch.parallel import spread
from partnermatch.settings import LinkSettings


class Kind(Protocol):
    """One kind of finding, ready to be asked."""

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        ...

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether a vocabulary that asks itself may find anything; told by less than it takes to look."""
        ...

    def find(self, vocabulary: Vocabulary) -> Findings:
        """What it finds."""
        ...


class LinkIndex(NamedTuple):
    """A vocabulary ready to be asked, by kind of finding, and how many atoms it has; arrays all the way down."""

    typos: Typos
    misread: Misread
    romanizations: Romanizations
    characters: Characters
    sounds: Sounds
    namesakes: Namesakes
    translations: Translations
    size: int


MIN_SHARE = 5_000
"""Words for which another process pays."""


def find_links(atoms: Atoms, settings: LinkSettings, *, workers: int = 1) -> Links:
    """Find which atoms of one vocabulary may answer for each other.

    Args:
        atoms: the vocabulary.
        settings: thresholds.
        workers: processes that share the kinds of finding, at most.

    Returns:
        Each pair once for each span, with the best similarity found.
    """
    vocabulary = Vocabulary.whole(atoms, settings)

    def find(kinds: Sequence[type[Kind]]) -> list[Findings]:
        return [kind.build(vocabulary).find(vocabulary) for kind in kinds if kind.may_find(vocabulary)]

    # sounds take about as long as all others
    parts: list[list[type[Kind]]] = [[Sounds], [kind for kind in _KINDS.values() if kind != Sounds]]
    used = workers if vocabulary.known >= MIN_SHARE else 1
    return _put_together(atoms, [findings for own in spread(find, parts, used) for findings in own])


def index_links(atoms: Atoms, settings: LinkSettings) -> LinkIndex:
    """Make a vocabulary ready to be asked."""
    vocabulary = Vocabulary.whole(atoms, settings)
    built: dict[str, Any] = {name: kind.build(vocabulary) for name, kind in _KINDS.items()}
    return LinkIndex(**built, size=len(atoms.keys))


def ask_links(index: LinkIndex, atoms: Atoms, asking: Ints, settings: LinkSettings) -> Links:
    """Find what answers in an indexed vocabulary for some atoms, and for what of it these answer.

    Args:
        index: of the first atoms.
        atoms: those of the index and behind them others; two of the others are not linked.
        asking: [q] the atoms that ask, sorted.
        settings: thresholds, those of the index.

    Returns:
        Each pair once for each span, with the best similarity found.
    """
    vocabulary = Vocabulary(atoms, index.size, asking, settings)
    return _put_together(atoms, [kind.find(vocabulary) for kind in index[:-1]])


_KINDS: dict[str, type[Kind]] = {
    "typos": Typos,
    "misread": Misread,
    "romanizations": Romanizations,
    "characters": Characters,
    "sounds": Sounds,
    "namesakes": Namesakes,
    "translations": Translations,
}
"""All kinds of finding."""


def _put_together(atoms: Atoms, parts: Sequence[Findings]) -> Links:
    """What the kinds of finding have found, as links."""
    both = [way for own in parts if len(own.one) for way in (own, Findings(own.two, own.one, own.alike))]
    if not both:
        return Links(NOTHING.one, NOTHING.two, NOTHING.alike, NOTHING.one)
    return _keep_best(*_spread(atoms, Findings(*map(np.concatenate, zip(*both, strict=True)))))


def _spread(atoms: Atoms, findings: Findings) -> tuple[Ints, Ints, Floats, Ints]:
    """Who asks, who answers, how nearly, and through which span: in a span, each of its words asks by itself."""
    asking = {atom: atoms.members[atom] or (atom,) for atom in sort_once(findings.one).tolist()}
    members = [asking[atom] for atom in findings.one.tolist()]
    count = np.array([len(own) for own in members], dtype=np.int64)
    sources = np.array([member for own in members for member in own], dtype=np.int64)
    spans = np.repeat(findings.one, count)
    through = np.where(sources == spans, -1, spans)
    return sources, np.repeat(findings.two, count), np.repeat(findings.alike, count), through


def _keep_best(source: Ints, target: Ints, alike: Floats, through: Ints) -> Links:
    """Each pair of different atoms once for each span, with its best similarity."""
    order = np.lexsort((-alike, through, target, source))
    order = order[source[order] != target[order]]
    columns = source[order], target[order], through[order]
    (first,) = np.logical_or.reduce([differ_from_last(column) for column in columns]).nonzero()
    return Links(columns[0][first], columns[1][first], alike[order][first], columns[2][first])
