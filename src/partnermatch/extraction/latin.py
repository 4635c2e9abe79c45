"""The stretches of a running text that may hold names in Latin script, and where in it what was found in one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from partnermatch.extraction.japanese import JAPANESE
from partnermatch.extraction.plain import Stretch
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.fold import fold
from partnermatch.text.phrases import phrases
from partnermatch.text.sections import PREPOSITIONS

MAX_STRETCH = 1_000
"""Characters; a longer stretch is cut."""
_WORD = re.compile(r"[\n\r]+|[^\s]+")
_LETTERS = re.compile(r"[^\W_]")
_AROUND = ".,;:()[]'\"“”"
_ARTICLES = frozenset((
    "the", "le", "la", "les", "el", "los", "das", "die", "and", "&", "und", "et", "y", "e", "och", "og", "for", "für", "es",
))  # fmt: skip
_CONNECTING = PREPOSITIONS | _ARTICLES
_SENTENCE_END = re.compile(r"[^\W\d_]{5}[.!?:]+$")
_POSSESSIVE = re.compile(r"(?:(?<=[A-Z]{2})|(?<=[a-z]))['’]s(?=\s+[^\W\d_A-Z]|[^\w\s])|(?<=[A-Z]{2})['’]s(?!\w)")
"""Behind a name, before what belongs to it: the University of Iceland's fund, MIT's laboratory, and not St. John's University."""
_ELIDED = re.compile(r"\b(?:[dlDL]|(?:[Dd]|[Nn]|[Aa]|[Ss]u)ell|[Aa]ll)['’](?=\w)")
"""Articles that lean on the word behind: l'Agence, dell'Università."""
_LISTED = re.compile(
    r"(?:,|;|(?<=[\w)])\s(?:and|or))\s+(?:(?:at|by|from|to|in|with)\s+)?the\s+|,\s+(?:at|by|from)\s+|;\s+|(?<=\))(?:,|\s(?:and|or))\s+"
)
"""Between two names of a list, where neither goes on: of 51,370 institutions of ROR 35 are shown by a name with such a place."""
_ENGLISH = frozenset(("the", "of", "and", "in", "to", "for", "with", "by", "was", "is", "at"))
_SMALL = frozenset((
    "de", "le", "la", "les", "des", "du", "et", "aux", "par", "dans", "el", "los", "las", "del", "y", "con", "por", "una", "da",
    "do", "dos", "das", "na", "em", "para", "pela", "pelo", "il", "di", "della", "dei", "degli", "che", "dal", "nel", "och",
    "för", "av", "vid", "som", "til", "ved", "det", "på", "het", "een", "voor",
))  # fmt: skip
"""Words of languages that write names in small letters, but for the first: Agence nationale de la recherche, Umeå universitet."""
_TELLING = ("kind", "topic", "qualifier", "expand")


def cut_stretches(text: str) -> list[Stretch]:
    """The stretches of a text that may hold names in Latin script: words with a capital, and what connects them.

    A full stop behind a short word may be an abbreviation's and ends nothing. Japanese is left out. In a line of a language that
    writes names in small letters, words of institutions' names are a part of them.

    >>> [stretch.text for stretch in cut_stretches("She is at the Univ. of Bergen. Before, she worked for CERN, Geneva.")]
    ['She', 'Univ. of Bergen.', 'Before,', 'CERN, Geneva.']
    >>> [stretch.text for stretch in cut_stretches("Nous remercions l'université de Lille et le CNRS.")]
    ['Nous', 'université de Lille et le CNRS.']
    """
    cut: list[Stretch] = []
    scanned = JAPANESE.sub(lambda run: "\n" * len(run[0]), text)
    scanned = _POSSESSIVE.sub("\n\n", _ELIDED.sub(lambda article: " " * len(article[0]), scanned))
    for line in re.finditer(r"[^\n\r]+", scanned):
        cut += _cut_line(text, line[0], line.start(), in_small=_writes_small(line[0]))
    return [part for stretch in cut for part in _cut_list(stretch)]


def _cut_list(stretch: Stretch) -> Iterator[Stretch]:
    """What a stretch lists: the Royal Society, | the MRC (UK) | and the University of Oxford."""
    start = 0
    for found in _LISTED.finditer(stretch.text):
        if found.start() > start:
            yield Stretch(stretch.start + start, stretch.text[start : found.start()])
        start = found.end()
    if start < len(stretch.text):
        yield Stretch(stretch.start + start, stretch.text[start:])


def _cut_line(text: str, line: str, offset: int, *, in_small: bool) -> Iterator[Stretch]:
    start = end = -1
    for found in _WORD.finditer(line):
        word = found.group()
        bare = word.strip(_AROUND)
        names = _may_be_name(word) or (in_small and _is_telling(bare))
        if names:
            start = found.start() if start < 0 else start
            end = found.end()
        ends = not (names or bare.lower() in _CONNECTING)
        if start >= 0 and (ends or _SENTENCE_END.search(word) or end - start > MAX_STRETCH):
            yield Stretch(offset + start, text[offset + start : offset + end])
            start = -1
    if start >= 0:
        yield Stretch(offset + start, text[offset + start : offset + end])


def _writes_small(line: str) -> bool:
    """Whether a line is in a language that writes names in small letters."""
    words = line.lower().split()
    small, english = (sum(word in own for word in words) for own in (_SMALL, _ENGLISH))
    return small > max(english, 1)


def _may_be_name(word: str) -> bool:
    """Whether the first letter of a word is no small one."""
    first = _LETTERS.search(word)
    return first is not None and not first.group().islower()


def _is_telling(word: str) -> bool:
    """Whether a word is one of institutions' names: universitet, recherche."""
    meaning = phrases().latin.get(fold(word)) if len(word) > len("and") else None
    return meaning is not None and meaning.role in _TELLING


def locate(stretch: Stretch, affiliation: Affiliation, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where runs of tokens stand in the text.

    Args:
        stretch: as it stands in the text.
        affiliation: the same, read.
        runs: the first token and the last of each.

    Returns:
        Offset of the first character of each and behind its last; of the whole stretch where cleaning changed its characters.
    """
    places = _match_characters(stretch.text, affiliation)
    if places is None:
        return [(stretch.start, stretch.start + len(stretch.text))] * len(runs)
    bounds = [(affiliation.tokens[first].start, affiliation.tokens[last].end) for first, last in runs]
    return [(stretch.start + places[begin], stretch.start + places[end - 1] + 1) for begin, end in bounds]


def _match_characters(raw: str, affiliation: Affiliation) -> list[int] | None:
    """The offset in what was written of every character of the folded text; None where they do not answer."""
    solid = [place for place, character in enumerate(raw) if not character.isspace()]
    places: list[int] = []
    place = 0
    for character in affiliation.text:
        if character.isspace():
            places.append(solid[min(place, len(solid) - 1)])
            continue
        if place == len(solid) or raw[solid[place]] != character:
            return None
        places.extend([solid[place]] * len(fold(character)))
        place += 1
    return places if len(places) == len(affiliation.folded) else None
