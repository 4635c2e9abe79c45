"""Find the lexicon's forms in a segmented text: the longest form that covers whole words wins, from left to right.

A Japanese form is matched against whole words put together (研究 + 所), so that a form never cuts into a word; a Latin
form against words one after another. A long Latin word that the lexicon does not have is cut into forms it does have
(Pflanzenphysiologie), as German and Dutch write compounds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.lexicon import Entry
from partnermatch.model import Script
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.segment import Word, segment
from partnermatch.text.spelling import correct_kanji

MAX_WORDS = 6
UNKNOWN_COST = 1.5
"""Pieces that an unknown word counts for."""
MISPRINT_COST = 2.25
"""Pieces that a misprinted form counts for: taken only where a word of it would be unknown."""
KIND_GAIN = 0.02
"""Pieces that each letter of a kind of organization saves: it only decides between equals."""
MIDDLE_DOT = "・"
_LATIN, _KANJI, _MARK = Script.LATIN, Script.KANJI, Script.MARK  # a member of an enumeration takes long to be found
_JAPANESE = (Script.KANJI, Script.KANA, Script.NUMBER)
JOINING = ("-", "'")
"""Marks that may stand inside a Latin form: air-conditioning, manufacturers' association."""


class Meaning(NamedTuple):
    """What a form stands for: the role of its entry and its concepts."""

    role: str
    concepts: tuple[str, ...]


class Found(NamedTuple):
    """A stretch of words with its meaning; None for a single word that no form covers."""

    words: tuple[Word, ...]
    meaning: Meaning | None


@dataclass(frozen=True)
class Phrases:
    """The lexicon's forms, folded: Japanese ones without spaces, Latin ones with single spaces between words.

    `short` has the Latin short forms by themselves, also those that are words of another language; the openings are what
    longer forms begin with.
    """

    japanese: Mapping[str, Meaning]
    latin: Mapping[str, Meaning]
    japanese_openings: frozenset[str]
    latin_openings: frozenset[str]
    short: Mapping[str, Meaning]


@cache
def phrases() -> Phrases:
    """All forms of the lexicon; loaded once.

    Where two files have a form, the first has it: kinds, expansions, words, short forms, countries, places. So 連合 in the
    list of topics never hides a kind of organization.

    Raises:
        LexiconError: within one file, a form stands for two things.
    """
    japanese: dict[str, Meaning] = {}
    latin: dict[str, Meaning] = {}
    written = defaultdict(list)
    for entry in lexicon.words():
        written[entry.line.file].append(entry)
    for file in ("kinds.tsv", "expansions.tsv", "words.tsv"):
        _add(written[file], japanese, latin, strict=True)
    short: dict[str, Meaning] = {}
    full = [entry for _, entry in lexicon.short_forms()]
    _add(full, {}, short, strict=True)
    _add(full, japanese, latin, strict=True)
    _add((country.entry for country in lexicon.countries().values()), japanese, latin, strict=False)
    _add((place.entry for place in lexicon.places().values()), japanese, latin, strict=False)
    return Phrases(
        MappingProxyType(japanese),
        MappingProxyType(latin),
        _openings(japanese, latin=False),
        _openings(latin, latin=True),
        MappingProxyType(short),
    )


def find_phrases(words: Sequence[Word], *, short: bool = True) -> list[Found]:
    """Cover the words, in order, by forms of the lexicon; marks and unknown words stand alone.

    Of all ways to cover them, the one with the fewest pieces and the fewest unknown words is taken, and among equals the
    one with the longest kind of organization: 農業|科学院, not 農業科学|院.

    Args:
        words: of a folded text.
        short: whether short forms of well-known institutions are looked for.
    """
    best: list[tuple[float, int, Found | None]] = [(0.0, 0, None)]
    best.extend((math.inf, 0, None) for _ in words)
    known = phrases().japanese
    unknown = [word.script == _KANJI and fold_kana(word.text) not in known for word in words]
    doubtful = any(unknown)
    for start, word in enumerate(words):
        pieces = _list_pieces(words, start, word)
        found = [(piece, _cost(piece)) for piece in (pieces if short else _leave_short(pieces))]
        if doubtful:
            found += [(piece, MISPRINT_COST) for piece in _misprints(words, start, unknown)]
        before = best[start][0]
        for piece, cost in found:
            end, total = start + len(piece.words), before + cost
            if total < best[end][0]:
                best[end] = (total, start, piece)
    return _walk_back(best)


def _list_pieces(words: Sequence[Word], start: int, word: Word) -> Iterable[Found]:
    """Every stretch from a word on that is a form, and the word by itself; the longest last."""
    if word.script == _MARK:
        return (Found((word,), None),)
    if word.script == _LATIN:
        key, forms = word.meant or word.text, phrases()
        if key in forms.latin_openings:
            return _latin_pieces(words, start)
        return (Found((word,), forms.latin.get(key)),)
    return _pieces(words, start)


def _walk_back(best: Sequence[tuple[float, int, Found | None]]) -> list[Found]:
    pieces = []
    place = len(best) - 1
    while place > 0:
        _, start, piece = best[place]
        if piece is not None:
            pieces.append(piece)
        place = start
    return pieces[::-1]


def _latin_pieces(words: Sequence[Word], start: int) -> Iterator[Found]:
    """Every stretch of Latin words from one on that is a form, and the word by itself; the longest last."""
    forms = phrases()
    table, openings = forms.latin, forms.latin_openings
    word = words[start]
    key = word.meant or word.text
    yield Found((word,), table.get(key))
    count, end = 1, start + 1
    while key in openings and end < len(words):
        word = words[end]
        end += 1
        if word.text in JOINING:
            continue
        count += 1
        if word.script != _LATIN or count > MAX_WORDS:
            return
        key = f"{key} {word.meant or word.text}"
        meaning = table.get(key)
        if meaning is not None:
            yield Found(tuple(words[start:end]), meaning)


def _pieces(words: Sequence[Word], start: int) -> Iterator[Found]:
    """Every stretch from a word in another script on that is a form, and the word by itself; the longest last."""
    forms = phrases()
    count = 0
    for end in range(start + 1, len(words) + 1):
        count += words[end - 1].script != _MARK
        if count > MAX_WORDS or (end > start + 1 and not _continues(words, end - 1)):
            return
        key = _japanese_key(words[start:end])
        meaning = forms.japanese.get(key) if words[end - 1].script != _MARK else None
        if meaning is not None or end == start + 1:
            yield Found(tuple(words[start:end]), meaning)
        if key not in forms.japanese_openings:
            return


def _leave_short(pieces: Iterable[Found]) -> Iterator[Found]:
    """The pieces without short forms; a word that is one stands alone."""
    for piece in pieces:
        if piece.meaning is None or piece.meaning.role != "short":
            yield piece
        elif len(piece.words) == 1:
            yield Found(piece.words, None)


def _misprints(words: Sequence[Word], start: int, unknown: Sequence[bool]) -> Iterator[Found]:
    """Stretches of kanji, a word of them unknown, that are a form with one kanji missing or wrong."""
    for end in range(start + 1, min(start + MAX_WORDS, len(words)) + 1):
        if words[end - 1].script != _KANJI or (end > start + 1 and not _continues(words, end - 1)):
            return
        if end > start + 1 and any(unknown[start:end]):
            meant = correct_kanji("".join(part.text for part in words[start:end]))
            if meant:
                yield Found(tuple(words[start:end]), phrases().japanese[meant])


def _cost(piece: Found) -> float:
    if piece.meaning is None:
        return UNKNOWN_COST
    return 1.0 - (KIND_GAIN * sum([len(word.text) for word in piece.words]) if is_kind(piece.meaning) else 0.0)


@cache
def is_kind(meaning: Meaning) -> bool:
    """Whether a kind of organization is among what a form means."""
    return any(concept.startswith("kind:") for concept in meaning.concepts)


def _japanese_key(words: Iterable[Word]) -> str:
    """The key under which a stretch of Japanese words is looked up."""
    return fold_kana("".join([word.meant or word.text for word in words if word.text != MIDDLE_DOT]))


def _openings(table: Mapping[str, Meaning], *, latin: bool) -> frozenset[str]:
    """What the forms begin with: nothing that begins otherwise needs to be read on."""
    if latin:
        parts = (form.split(" ") for form in table if " " in form)
        return frozenset(" ".join(words[:count]) for words in parts for count in range(1, len(words)))
    return frozenset(form[:count] for form in table for count in range(1, len(form)))


def _continues(words: Sequence[Word], last: int) -> bool:
    """Whether a Japanese form may run on to a word: without a gap."""
    word = words[last]
    return words[last - 1].end == word.start and (word.script in _JAPANESE or word.text == MIDDLE_DOT)


def _add(entries: Iterable[Entry], japanese: dict[str, Meaning], latin: dict[str, Meaning], *, strict: bool) -> None:
    fresh: dict[str, Meaning] = {}
    for entry in entries:
        meaning = Meaning(entry.role, entry.concepts)
        forms = [(japanese, _japanese_form(form)) for form in entry.ja] + [
            (latin, _latin_form(form)) for form in entry.latin
        ]
        for table, form in forms:
            if strict and fresh.setdefault(form, meaning) != meaning:
                raise entry.line.error(f"the form {form!r} stands for {fresh[form].concepts} already")
            if form:
                table.setdefault(form, meaning)


def _japanese_form(form: str) -> str:
    return fold_kana(fold(form).replace(" ", "").replace(MIDDLE_DOT, ""))


def _latin_form(form: str) -> str:
    return " ".join(word.text for word in segment(fold(form)) if word.script != Script.MARK)
