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
from functools import cache, lru_cache
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.lexicon import Entry
from partnermatch.model import Script
from partnermatch.text.abbreviations import spell_out
from partnermatch.text.fold import fold_all, fold_kana, fold_kana_all
from partnermatch.text.segment import Word, segment
from partnermatch.text.spelling import correct_kanji

MAX_WORDS = 12
"""Words of a Japanese form, at most; where a Latin one goes on is looked up word by word."""
UNKNOWN_COST = 1.5
"""Pieces that an unknown word counts for."""
MISPRINT_COST = 2.25
"""Pieces that a misprinted form counts for: taken only where a word of it would be unknown."""
KIND_GAIN = 0.02
"""Pieces that each letter of a kind of organization saves: it only decides between equals."""
MIDDLE_DOT = "・"
_LATIN, _KANJI, _MARK = Script.LATIN, Script.KANJI, Script.MARK  # a member of an enumeration takes long to be found
_JAPANESE = (Script.KANJI, Script.KANA, Script.NUMBER)
JOINING = ("-", "'", "_")
"""Marks that may stand inside a Latin form: air-conditioning, manufacturers' association, UMR_S."""


class Meaning(NamedTuple):
    """What a form stands for: the role of its entry, its concepts, and whether a kind of organization is among them."""

    role: str
    concepts: tuple[str, ...]
    is_kind: bool


@dataclass(slots=True)
class Found:
    """A stretch of words with its meaning; None for a single word that no form covers."""

    words: tuple[Word, ...]
    meaning: Meaning | None


Way = tuple[int, float, Meaning | None]
"""How words may be covered from a place on: how many words, for how many pieces they count, and what they mean."""
_UNKNOWN: Way = (1, UNKNOWN_COST, None)
_UNKNOWN_ALONE = (_UNKNOWN,)


class Further(NamedTuple):
    """How a form goes on behind some of its words: what these mean by themselves, and each word that may come next."""

    meaning: Meaning | None
    words: dict[str, Further]


@dataclass(frozen=True)
class Phrases:
    """The lexicon's forms, folded: Japanese ones without spaces, Latin ones with single spaces between words.

    `short` has the Latin short forms by themselves, also those that are words of another language; the openings are what
    longer Japanese forms begin with, and `latin_further` leads from the first word of longer Latin forms to the next. A
    word is looked up in all of them, which are bare dictionaries for that: nobody changes them.
    """

    japanese: Mapping[str, Meaning]
    latin: Mapping[str, Meaning]
    japanese_openings: frozenset[str]
    latin_further: Mapping[str, Further]
    short: Mapping[str, Meaning]


@cache
def phrases() -> Phrases:
    """All forms of the lexicon; loaded once.

    Where two files have a form, the first has it: kinds, expansions, words, short forms, countries, places. So 連合 in the
    list of topics never hides a kind of organization.

    Raises:
        LexiconError: within one file, a form stands for two things.
    """
    written = defaultdict(list)
    for entry in lexicon.words():
        written[entry.line.file].append(entry)
    short = _read_forms([entry for _, entry in lexicon.short_forms()], strict=True)
    files = (
        *[_read_forms(written[file], strict=True) for file in ("kinds.tsv", "expansions.tsv", "words.tsv")],
        short,
        _read_forms([country.entry for country in lexicon.countries().values()], strict=False),
        _read_forms([place.entry for place in lexicon.places().values()], strict=False),
    )
    japanese, latin = _first_of(file.japanese for file in files), _first_of(file.latin for file in files)
    return Phrases(japanese, latin, _list_openings(japanese), _lay_further(latin), short.latin)


def find_phrases(words: Sequence[Word], *, short: bool = True) -> list[Found]:
    """Cover the words, in order, by forms of the lexicon; marks and unknown words stand alone.

    Of all ways to cover them, the one with the fewest pieces and the fewest unknown words is taken, and among equals the
    one with the longest kind of organization: 農業|科学院, not 農業科学|院.

    Args:
        words: of a folded text.
        short: whether short forms of well-known institutions are looked for.
    """
    ways = [_list_ways(words, start) for start in range(len(words))]
    if not short:
        ways = [_leave_short(own) for own in ways]
    if True in [word.script == _KANJI for word in words]:
        ways = _add_misprints(words, ways)
    if sum(map(len, ways)) == len(words):  # there is nothing to choose: every word stands alone
        return [Found((word,), own[0][2]) for word, own in zip(words, ways, strict=True)]
    return _cover(tuple(words), ways)


def _cover(words: tuple[Word, ...], ways: Sequence[Sequence[Way]]) -> list[Found]:
    """The pieces that cover words at the least cost, by the ways from each of them on."""
    costs = [0.0, *[math.inf] * len(words)]
    last: list[tuple[int, Meaning | None]] = [(0, None)] * len(costs)
    for start, own in enumerate(ways):
        before = costs[start]
        for count, cost, meaning in own:
            if before + cost < costs[start + count]:
                costs[start + count], last[start + count] = before + cost, (start, meaning)
    pieces = []
    end = len(words)
    while end > 0:
        start, meaning = last[end]
        pieces.append(Found(words[start:end], meaning))
        end = start
    return pieces[::-1]


def _list_ways(words: Sequence[Word], start: int) -> Sequence[Way]:
    """Every stretch from a word on that is a form, and the word by itself, always; the longest last."""
    word = words[start]
    script = word.script
    if script == _LATIN:
        alone, further = _begin(word.meant or word.text, len(word.text))
        longer = _go_on(words, start, further) if further is not None else None
        return [*alone, *longer] if longer else alone
    return _UNKNOWN_ALONE if script == _MARK else list(_japanese_ways(words, start))


@lru_cache(maxsize=1 << 16)
def _begin(key: str, letters: int) -> tuple[tuple[Way], Further | None]:
    """The way of a Latin word by itself, and how forms go on behind it."""
    forms = phrases()
    meaning = forms.latin.get(key)
    alone = _UNKNOWN if meaning is None else (1, _cost(meaning, letters), meaning)
    return (alone,), forms.latin_further.get(key)


def _go_on(words: Sequence[Word], start: int, further: Further | None) -> list[Way]:
    """The forms that begin with a Latin word and go on behind it."""
    ways: list[Way] = []
    letters, end = len(words[start].text), start + 1
    while further is not None and end < len(words):
        word = words[end]
        end, letters = end + 1, letters + len(word.text)
        if word.text in JOINING:
            continue
        if word.script != _LATIN:
            break
        further = further.words.get(word.meant or word.text)
        if further is not None and further.meaning is not None:
            ways.append((end - start, _cost(further.meaning, letters), further.meaning))
    return ways


def _japanese_ways(words: Sequence[Word], start: int) -> Iterator[Way]:
    """The ways in which forms begin with a word; over a space only a whole name goes on (学習院 大学)."""
    forms = phrases()
    count = letters = 0
    spaced = False
    for end in range(start + 1, len(words) + 1):
        last = words[end - 1]
        count, letters = count + (last.script != _MARK), letters + len(last.text)
        if count > MAX_WORDS or (end > start + 1 and not _is_japanese(last)):
            return
        spaced = spaced or (end > start + 1 and words[end - 2].end < last.start)
        key = _japanese_key(words[start:end])
        meaning = forms.japanese.get(key) if last.script != _MARK else None
        if spaced and meaning is not None and meaning.role != "short":
            meaning = None
        if meaning is not None or end == start + 1:
            yield end - start, _cost(meaning, letters), meaning
        if key not in forms.japanese_openings:
            return


def _leave_short(ways: Iterable[Way]) -> list[Way]:
    """The ways without short forms; a word that is one stands alone."""
    left: list[Way] = []
    for way in ways:
        count, _, meaning = way
        if meaning is None or meaning.role != "short":
            left.append(way)
        elif count == 1:
            left.append(_UNKNOWN)
    return left


def _add_misprints(words: Sequence[Word], ways: Sequence[Sequence[Way]]) -> list[Sequence[Way]]:
    """The ways, and those of misprinted forms where a word in kanji is unknown."""
    known = phrases().japanese
    unknown = [word.script == _KANJI and fold_kana(word.text) not in known for word in words]
    if True not in unknown:
        return list(ways)
    return [[*own, *_misprints(words, start, unknown)] for start, own in enumerate(ways)]


def _misprints(words: Sequence[Word], start: int, unknown: Sequence[bool]) -> Iterator[Way]:
    """Stretches of kanji, a word of them unknown, that are a form with one kanji missing or wrong."""
    for end in range(start + 1, min(start + MAX_WORDS, len(words)) + 1):
        if words[end - 1].script != _KANJI or (end > start + 1 and not _continues(words, end - 1)):
            return
        if end > start + 1 and any(unknown[start:end]):
            meant = correct_kanji("".join(part.text for part in words[start:end]))
            if meant:
                yield end - start, MISPRINT_COST, phrases().japanese[meant]


def _cost(meaning: Meaning | None, letters: int) -> float:
    """Pieces that a stretch of so many letters counts for."""
    if meaning is None:
        return UNKNOWN_COST
    return 1.0 - KIND_GAIN * letters if meaning.is_kind else 1.0


def _japanese_key(words: Iterable[Word]) -> str:
    """The key under which a stretch of Japanese words is looked up."""
    return fold_kana("".join([word.meant or word.text for word in words if word.text != MIDDLE_DOT]))


def _list_openings(forms: Iterable[str]) -> frozenset[str]:
    """What forms begin with; where an opening is known, the shorter ones are."""
    openings: set[str] = set()
    for form in forms:
        opening = form[:-1]
        while opening and opening not in openings:
            openings.add(opening)
            opening = opening[:-1]
    return frozenset(openings)


def _lay_further(table: Mapping[str, Meaning]) -> Mapping[str, Further]:
    """The forms of several words, word by word: nothing that begins otherwise needs to be read on."""
    root: dict[str, Further] = {}
    for form, meaning in table.items():
        if " " in form:
            *opening, last = form.split(" ")
            words = root
            for word in opening:
                if word not in words:
                    words[word] = Further(None, {})
                words = words[word].words
            words[last] = Further(meaning, words[last].words if last in words else {})
    return root


def _continues(words: Sequence[Word], last: int) -> bool:
    """Whether a Japanese form may run on to a word: without a gap."""
    return words[last - 1].end == words[last].start and _is_japanese(words[last])


def _is_japanese(word: Word) -> bool:
    """Whether a word may stand inside a Japanese form."""
    return word.script in _JAPANESE or word.text == MIDDLE_DOT


class _Forms(NamedTuple):
    """The forms of one file, as they are looked up."""

    japanese: dict[str, Meaning]
    latin: dict[str, Meaning]


def _read_forms(entries: Sequence[Entry], *, strict: bool) -> _Forms:
    """Fold the forms of a file; the first of two things has a form that both have, or, if that is strict, it is an error."""
    meanings = [_mean(entry) for entry in entries]
    fresh: dict[str, Meaning] = {}
    found = _Forms({}, {})
    for table, forms, fold_forms in (
        (found.japanese, [entry.ja for entry in entries], _japanese_forms),
        (found.latin, [entry.latin for entry in entries], _latin_forms),
    ):
        places = [place for place, own in enumerate(forms) for _ in own]
        for place, form in zip(places, fold_forms([form for own in forms for form in own]), strict=True):
            if form:
                meaning = meanings[place]
                if strict and fresh.setdefault(form, meaning) != meaning:
                    raise entries[place].line.error(f"the form {form!r} stands for {fresh[form].concepts} already")
                table.setdefault(form, meaning)
    return found


def _first_of(tables: Iterable[Mapping[str, Meaning]]) -> dict[str, Meaning]:
    """All forms of some files; the first file that has a form says what it means."""
    merged: dict[str, Meaning] = {}
    for table in tables:
        for form, meaning in table.items():
            merged.setdefault(form, meaning)
    return merged


def _mean(entry: Entry) -> Meaning:
    is_kind = entry.role in ("kind", "expand") and any(concept.startswith("kind:") for concept in entry.concepts)
    return Meaning(entry.role, entry.concepts, is_kind)


def _japanese_forms(forms: Sequence[str]) -> list[str]:
    return fold_kana_all([form.replace(" ", "").replace(MIDDLE_DOT, "") for form in fold_all(forms)])


def _latin_forms(forms: Sequence[str]) -> list[str]:
    """Forms as they are looked up; empty if they are Japanese, as the full name of a short form may be."""
    return [_latin_form(form) if form.isascii() else "" for form in fold_all(forms)]


def _latin_form(form: str) -> str:
    if form.isalpha():
        return form
    if form.replace(" ", "").isalpha():  # there is nothing to cut but at spaces
        words = form.split()
    else:
        words = [word.text for word in segment(form, mend=False) if word.script != _MARK]
    return " ".join([spell_out(word, False) or word for word in words] if len(words) > 1 else words)
