"""Where does a line of English text name an organization in full?

Contract: a name is a run of capitalized words around a head word (University, Institute, Society, …) with what follows
in "of …" and "for …". An article or another small word in front stays outside. Small-letter heads count in three
places: an embassy, office or campus that a place or an organization tells apart, and a name written in capitals
elsewhere in the text. Offsets are characters of the whole text; nothing crosses a line end. Every run is capped, so
the work grows with the text's length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partnermatch.documents.name_words import (
    BRANCHES,
    FIELDS,
    HEADS,
    OUTSIDE,
    OWNERS_IN_NAMES,
    POSTS,
    SITES,
    SMALL_HEADS,
)

_LINE = re.compile(r"[^\r\n]+")
# A possessive 's stays outside its word.
_WORD = re.compile(r"(?!(?<=['’])s\b)[^\W_]+(?:(?:[-‐‑]|['’](?!s\b))[^\W_]+)*|&")
_POSSESSIVE = ("'s", "’s")
_GAP = frozenset(" \t\u00a0")

_MOST_WORDS_LEFT, _MOST_WORDS_RIGHT = 8, 14


@dataclass(frozen=True)
class Word:
    """A word of the page: its text and its offsets in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """A piece of the page, in characters: text[start:end]."""

    start: int
    end: int


def find_names(text: str) -> list[Span]:
    """Find every organization's full name.

    >>> text = "Talks with the Royal Institute of Arts and Crafts and Lake University."
    >>> [text[name.start:name.end] for name in find_names(text)]
    ['Royal Institute of Arts and Crafts', 'Lake University']
    """
    lines = [_cut_words(text, line.start(), line.end()) for line in _LINE.finditer(text)]
    names = [name for words in lines for name in _find_capitalized(text, words)]
    known = frozenset(_fold(text[name.start : name.end]) for name in names)
    for words in lines:
        names += _find_small_headed(text, words, known)
        names += _find_posts(text, words)
    starts = {name.start: name for name in names}
    for words in lines:
        names += _find_branches(text, words, starts)
    return sorted(set(names), key=lambda name: (name.start, -name.end))


def find_sites(text: str, owners: Sequence[Span]) -> list[Span]:
    """Find `owner, Place campus`: the site of an organization that has been found before."""
    site = re.compile(r",[ \t\u00a0]([A-Z][^\W_]+(?:-[^\W_]+)?[ \t\u00a0]){1,3}(?:" + "|".join(SITES) + r")\b")
    matches = ((owner, site.match(text, owner.end)) for owner in owners)
    return [Span(owner.start, match.end()) for owner, match in matches if match]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _cut_words(text: str, start: int, end: int) -> list[Word]:
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text, start, end)]


def _touch(text: str, left: Word, right: Word) -> bool:
    """Say whether only blanks stand between two words, or the possessive of a name that has one."""
    between = text[left.end : min(right.start, left.end + 5)]
    if between.startswith(_POSSESSIVE) and left.text in OWNERS_IN_NAMES:
        between = between[2:]
    return 0 < len(between) <= 2 and all(letter in _GAP for letter in between)


def _is_capitalized(word: Word) -> bool:
    return word.text[0].isupper() and word.text not in OUTSIDE


def is_all_capitals(word: str) -> bool:
    """Say whether a word is written in capitals, as abbreviations are: two letters or more."""
    return len(word) >= 2 and word.isupper() and word.isalnum()


def _find_capitalized(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Find names around heads written with a capital; heads inside a name already found are its part."""
    done = -1
    for at, word in enumerate(words):
        if at <= done or word.text not in HEADS:
            continue
        first = _extend_left(text, words, at, done)
        last = _extend_right(text, words, at)
        if last == at and word.text in POSTS:
            last = _extend_to_place(text, words, at)
        if first < at or last > at:
            yield Span(words[first].start, words[last].end)
            done = last


def _extend_left(text: str, words: Sequence[Word], at: int, done: int) -> int:
    """Walk left over the capitalized words in front of a head; returns the first word's place."""
    first = at
    for _ in range(_MOST_WORDS_LEFT):
        before = first - 1
        if before <= done or not _touch(text, words[before], words[first]):
            break
        if _is_capitalized(words[before]):
            first = before
        elif not _joins_fields(text, words, before, first, at) or before - 1 <= done:
            break
        else:
            first = before - 1
    return first


def _joins_fields(text: str, words: Sequence[Word], before: int, first: int, at: int) -> bool:
    """Say whether "and" in front of the run joins two fields of one name, and not two names."""
    return (
        words[before].text in ("and", "&")
        and words[first].text in FIELDS
        and first < at
        and before > 0
        and _is_capitalized(words[before - 1])
        and not is_all_capitals(words[before - 1].text)
        and _touch(text, words[before - 1], words[before])
    )


def _extend_right(text: str, words: Sequence[Word], at: int) -> int:
    """Walk right over capitalized words and the "of …", "for …", "and …" that go on; returns the last word's place."""
    last, complement = at, False
    for _ in range(_MOST_WORDS_RIGHT):
        step = _step_right(text, words, last, complement)
        if step == last:
            break
        complement = complement or step > last + 1
        last = step
    return last


def _step_right(text: str, words: Sequence[Word], last: int, complement: bool) -> int:
    """Go on by one more word of the name, small words in between included; stays where the name ends."""
    following = last + 1
    if following >= len(words) or not _touch(text, words[last], words[following]):
        return last
    word = words[following]
    if _is_capitalized(word):
        return last if is_all_capitals(word.text) else following
    target = following + 1
    if word.text in ("of", "for"):
        if target < len(words) and words[target].text == "the" and _touch(text, word, words[target]):
            target += 1
    elif word.text not in ("and", "&") or not complement or _opens_name(text, words, target):
        return last
    fits = target < len(words) and _is_capitalized(words[target]) and _touch(text, words[target - 1], words[target])
    return target if fits and _touch(text, word, words[following + 1]) else last


def _opens_name(text: str, words: Sequence[Word], at: int) -> bool:
    """Say whether a name of its own begins behind "and": a head in its capitalized run, or an abbreviation."""
    for place in range(at, min(at + _MOST_WORDS_LEFT, len(words))):
        if not _is_capitalized(words[place]) or (place > at and not _touch(text, words[place - 1], words[place])):
            return False
        if words[place].text in HEADS or sum(map(str.isupper, words[place].text.split("-")[0])) >= 2:
            return True
    return False


def _extend_to_place(text: str, words: Sequence[Word], at: int) -> int:
    """Take in "in Place" behind an embassy or a consulate."""
    if at + 2 >= len(words) or words[at + 1].text != "in" or not _is_capitalized(words[at + 2]):
        return at
    return at + 2 if _touch(text, words[at], words[at + 1]) and _touch(text, words[at + 1], words[at + 2]) else at


def _find_small_headed(text: str, words: Sequence[Word], known: frozenset[str]) -> Iterator[Span]:
    """Find names with a small head that stand elsewhere in capitals: Lake foundation beside Lake Foundation."""
    for at, word in enumerate(words):
        if word.text in SMALL_HEADS:
            first = _extend_left(text, words, at, -1)
            if first < at and _fold(text[words[first].start : word.end]) in known:
                yield Span(words[first].start, word.end)


def _find_posts(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Find an embassy or a consulate with a small letter: `Country embassy in Place`."""
    for at, word in enumerate(words):
        if word.text in POSTS and word.text not in HEADS:
            first, last = _extend_left(text, words, at, -1), _extend_to_place(text, words, at)
            if first < at or last > at:
                yield Span(words[first].start, words[last].end)


def _find_branches(text: str, words: Sequence[Word], names: dict[int, Span]) -> Iterator[Span]:
    """Find `Region office of the Name`, a branch told apart by the region and its organization."""
    for at, word in enumerate(words):
        if word.text not in BRANCHES or at + 2 >= len(words) or words[at + 1].text != "of":
            continue
        owner = at + 3 if words[at + 2].text == "the" and at + 3 < len(words) else at + 2
        first = _extend_left(text, words, at, -1)
        if first < at and words[owner].start in names:
            yield Span(words[first].start, names[words[owner].start].end)
