"""Spell words as they sound, in one alphabet for every script, and give them keys by which words that sound alike meet.

A spelling is a string of ASCII symbols. Where katakana and Latin letters agree there is one symbol for both (`K`, `M`);
where a Latin letter is read by turns (ch, th, j, soft c and g, z, s, w, v) it has a symbol of its own, a digit, whose
costs say how it is read; and what one side leaves out is weak, in lower case: the vowels that katakana adds (`u` in
ブラウン `BuRAuN`), the second vowel of a diphthong, a silent e, r behind a vowel. How nearly two spellings sound alike is
said by text/sound_distance.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import islice
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from partnermatch.text.romaji import to_hepburn

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZaeioukghnrstwy-123456789"
MAX_BONES = 12
"""Consonants of a long word that it is found by."""
_FIRST_NAME = 0x4E00
"""Letters from here on name the rules: none of them is a symbol, or a letter that is read."""


class Origin(IntEnum):
    """What a reading in Latin letters was made from."""

    LATIN = 0
    """A word as it is written, in any language."""
    KANA = 1
    """Romanized kana, which spells more plainly than the languages of Europe."""
    CHARACTERS = 2
    """Pinyin, Wade-Giles or Korean, from characters."""


# The first rule that fits decides; what stands behind (?=) and (?<=) is letters, not symbols. A rule may fit several ways of
# writing. Each begins with its own letter, or with ^ and that, and what stands before it is looked back for.
_LATIN_RULES = (
    # beginnings
    ("^mc(?=[gkcq])", "MA"), ("^mc", "MAK"), ("^wr", "R"), ("^kn", "kN"), ("^ps(?=[aeiouy])", "7"), ("^x", "X"),
    # German, Polish, Nordic, English hushes; Hungarian sz
    ("schtsch", "XC"), ("tzsch tsch zsch tch tsj cz", "C"), ("dsch", "J"), ("sch sh skj sj(?=[aeiou])", "X"), ("sz", "S"),
    ("tj", "C"), ("t(?<=[^s\n]t)ion", "XoN"),
    # c, ch
    ("cch", "K"), ("ch(?=[rl])", "K"), ("ch(?<=tech)(?=$|n)", "K"), ("ch", "1"),
    ("cc(?=[eiy])", "K5"), ("sc(?=[eiy])", "S"), ("c(?=[eiy])", "5"), ("ck+", "K"), ("cq(?!u)", "K"),
    # h behind a consonant
    ("ph", "F"), ("tth th", "2"), ("hs(?=[iu])", "X"),
    # affricates, z, j
    ("tz ts", "Q"), ("dj dg(?=[ei])", "J"), ("dz", "Z"), ("zh zs", "J"), ("zz", "Q"),
    ("ij(?=[^aeiouy]|$)", "Ei"), ("hj", "Y"),
    # g, n, and Italian gn, gli
    ("ng(?=[aeiouyrlw])", "NG"), ("ng", "Ng"), ("gli(?=[aeou])", "LY"), ("gn(?=[aeiou])", "Ny"), ("gn$", "N"),
    ("gh(?<![aeiouy]gh) gh(?=[aeiou])", "G"), ("gh", "h"), ("gu(?=[eiy])", "Gw"), ("g(?=[eiy])", "4"), ("qu", "Kw"),
    # w, y
    ("ey$", "I"), ("wh", "8"), ("w(?<=[aeiou]w)(?![aeiouy])", "u"),
    ("y(?<![aeiouy]y)(?=[aeou])", "y"), ("y(?=[aeiou])", "Y"), ("y(?<=[aeiou]y)y*", "i"),
    # s, t, r, h
    ("ss+", "S"), ("s$", "s"), ("t$", "t"),
    ("rh?r*h?(?=[aeiouy])", "R"), ("r(?<=[aeiouy]r)r*h?", "r"), ("rh", "R"), ("h(?=[aeiouy])(?<![bdkgt]h)", "H"),
    # n before b and p, as Japanese writes it
    ("m(?<=.m)m*(?=[bp])", "N"),
    # vowels
    ("eau", "O"), ("ee", "I"), ("oo", "U"), ("aa", "A"), ("ii+", "I"), ("uu+", "U"), ("e(?<=[^aeiouy\n]e)(?=s?$)", "e"),
    ("i(?<=[aeo]i)", "i"), ("u(?<=[aeo]u)", "u"), ("e(?<=[aioue]e)", "e"), ("a(?<=[eo]a)", "a"),
)  # fmt: skip
# Letters that no rule reads otherwise: consonants that may be doubled, and others.
_DOUBLED = {**dict(zip("bcdfgjklmnpqtvwy", "BKDFG3KLMNPCT98I", strict=True)), "x": "KS"}
_SINGLE = dict(zip("aeiouhrsz", "AEIOUhR76", strict=True))
# Letters that two ways of writing read so differently that no cost covers both; each gives a second spelling.
_RIVALS = (
    (re.compile("x"), "sh"),  # pinyin, Basque, Catalan
    (re.compile("gn"), "gghn"),  # German, English: Regnitz
    (re.compile("kh"), "h"),  # Russian, Arabic, Persian: Kharkov
    (re.compile("burgh$", re.MULTILINE), "bara"),  # Edinburgh, but Pittsburgh
    (re.compile("ey$", re.MULTILINE), "ei"),  # Berkeley, but Surrey
)


def spell(readings: Sequence[str], *, origin: Origin) -> list[tuple[str, ...]]:
    """The ways that each of some readings may sound, the likeliest first; none for what has no letters.

    >>> spell(["buraun"], origin=Origin.KANA), spell(["brown"], origin=Origin.LATIN)
    ([('BuRAuN',)], [('BROuN',)])
    >>> spell(["xiamen", "regnitz"], origin=Origin.LATIN)
    [('XIAMEN',), ('RENyIQ', 'REGhNIQ')]
    """
    words = [_NO_LETTER.sub("", reading.lower()) for reading in readings]
    if origin == Origin.KANA:
        return [(way,) if (way := _spell_kana(word)) else () for word in words]
    words = [word.replace("-", "") for word in words]
    written = _list_rivals(words) if origin == Origin.LATIN else [(_write_hard(word),) for word in words]
    spelled = iter(_spell_latin([word for own in written for word in own]))
    return [tuple(dict.fromkeys(filter(None, islice(spelled, len(own))))) for own in written]


def _list_rivals(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Each word as it is written, and in letters that say how else it may be read."""
    columns = [words, *(_sub_all(rival, letters, words) for rival, letters in _RIVALS), map(to_hepburn, words)]
    return [tuple(dict.fromkeys(own)) for own in zip(*columns, strict=True)]


def _write_hard(word: str) -> str:
    """Pinyin and the like in letters that the rules read as they are meant."""
    return _HARD_G.sub("gh", word.replace("x", "sh"))


def _spell_latin(words: Sequence[str]) -> list[str]:
    """Words in symbols: first what the rules read, then letter by letter what these leave."""
    pattern, symbols = _latin_pattern()
    return [found.translate(symbols) for found in _sub_all(pattern, attrgetter("lastgroup"), words)]


def _sub_all(
    pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], words: Sequence[str]
) -> list[str]:
    """Replace in all words at once, each a line of one text: to begin anew with each takes longer than all the rest."""
    return pattern.sub(replacement, "\n".join(words)).split("\n") if words else []


@cache
def _latin_pattern() -> tuple[re.Pattern[str], Mapping[int, str]]:
    """All rules as one pattern, and the symbols of what it leaves.

    Ways go by the letter that they begin with: only those of one letter are tried, in half the time. An empty group behind
    each says which one fitted. It is named by a letter of its own, which is put in place of what was read.
    """
    rules = (*_LATIN_RULES, *((f"{letter}{letter}+", symbol) for letter, symbol in _DOUBLED.items()))
    ways = [(way, symbols) for letters, symbols in rules for way in letters.split(" ")]
    names = [chr(_FIRST_NAME + number) for number in range(len(ways))]
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for name, (way, _) in zip(names, ways, strict=True):
        letter, rest = way[0], way[1:]
        if letter == "^":
            letter, rest = rest[0], f"(?<=^{rest[0]}){rest[1:]}"
        by_letter[letter].append(f"{rest}(?P<{name}>)")
    pattern = "|".join(f"{letter}(?:{'|'.join(own)})" for letter, own in by_letter.items())
    symbols = {name: symbols for name, (_, symbols) in zip(names, ways, strict=True)}
    return re.compile(pattern, re.MULTILINE), MappingProxyType(str.maketrans({**symbols, **_DOUBLED, **_SINGLE}))


def _spell_kana(romaji: str) -> str:
    for pattern, letters in _KANA_RULES:
        romaji = pattern.sub(letters, romaji)
    symbols: list[str] = []
    for place, letter in enumerate(romaji):
        before = symbols[-1] if symbols else ""
        weak = before and _is_weak(before, letter, last=place == len(romaji) - 1)
        symbols.append(letter if weak else letter.upper())
    return "".join(symbols)


def _is_weak(before: str, letter: str, *, last: bool) -> bool:
    """Whether katakana adds the letter, or it glides: u behind most consonants, the second vowel of a diphthong."""
    return (
        before in _WEAK_BEHIND.get(letter, "")
        or (letter in "iaoe" and before == "H" and last)
        or (letter in "aiueo" and letter.upper() == before.upper())
    )


class Bones(NamedTuple):
    """What spellings of one name nearly always share, whole or with letters missing.

    Attributes:
        places: [b] which of the spellings has each; it may have one twice.
        texts: [b] letters.
        missing: [b] how many of them may be missing.
        kept: [b] how many of the first ones may not: a `/`.
    """

    places: list[int]
    texts: list[str]
    missing: list[int]
    kept: list[int]


def list_bones(spelled: Sequence[str]) -> Bones:
    """List the bones of spellings.

    The consonants in nine rough classes, of which one may be missing where there are five or more, and two of eight or
    more; of four consonants or fewer also consonants and rough vowels behind a `/`, one of which may be missing. A letter
    that is read in two classes gives both.

    >>> list_bones(["SARI-", "BuRAuNSuTEIN"])
    Bones(places=[0, 1], texts=['/SaRe', 'PRNSTN'], missing=[1, 1], kept=[1, 0])
    """
    places, rough = _list_rough(spelled)
    bones = _sub_all(_DOUBLE, r"\1", [voiced.translate(_NO_VOWEL) for voiced in rough])
    rows: list[tuple[int, str, int, int]] = []
    for place, voiced, own in zip(places, rough, bones, strict=True):
        heard = len(own)
        if heard >= 3:
            rows.append((place, own[:MAX_BONES], 2 if heard >= 8 else 1 if heard >= 5 else 0, 0))
        if heard <= 4:
            rows.append((place, f"/{voiced}", 1, 1))
    return Bones(*map(list, zip(*rows, strict=True))) if rows else Bones([], [], [], [])


def _list_rough(spelled: Sequence[str]) -> tuple[list[int], list[str]]:
    """Rough classes, doubles as one, and of which spelling; at most four of one where letters are read in two classes."""
    found = [
        (place, variant)
        for place, rough in enumerate(own.translate(_ROUGH) for own in spelled)
        for variant in (_read_by_turns(rough) if _BY_TURNS.search(rough) else (rough,))
    ]
    return [place for place, _ in found], _sub_all(_DOUBLE, r"\1", [variant for _, variant in found])


def _read_by_turns(rough: str) -> list[str]:
    """What has letters that are read in two classes, with one and with the other."""
    variants = [rough]
    for letter, classes in _TWO_CLASSES.items():
        if letter in rough:
            variants = [variant.replace(letter, read) for variant in variants[:2] for read in classes]
    return variants


def count_consonants(spelled: Sequence[str]) -> list[int]:
    """Consonants that are heard in every language; a word with fewer than two tells nothing by its sound."""
    return [len(own.translate(_UNHEARD)) for own in spelled]


_HARD_G = re.compile("g(?=[eiy])")
_NO_LETTER = re.compile("[^a-z-]+")
_DOUBLE = re.compile(r"(.)\1+")
_KANA_RULES = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("n+(?=m)", ""), (r"([^aeiou-])\1+", r"\1"), ("t(?=ch|ts)", ""), ("-+", "-"),
        ("ch", "c"), ("ts", "q"), ("sh", "x"),
    )
)  # fmt: skip
_WEAK_BEHIND = {
    "u": "KGSZBPFMRVNHQXAEOaeo", "o": "TD", "i": "CXJKAEOaeo", "y": "KGNBPMRDTHFVS", "w": "KG",
}  # fmt: skip
_NO_VOWEL = dict.fromkeys(map(ord, "ae"))
_TWO_CLASSES = {"1": "SK", "2": "ST", "4": "SK", "C": "ST", "3": ("S", "")}
_BY_TURNS = re.compile(f"[{''.join(_TWO_CLASSES)}]")
_UNHEARD = dict.fromkeys(map(ord, set(SYMBOLS).difference("BCDFGJKLMNPQRSTVXZ1234567t9")))
_ROUGH = {
    ord(symbol): rough
    for rough, symbols in (
        ("P", "BPV9F"), ("T", "TDt"), ("K", "KG"), ("S", "SZXJQ567s"), ("M", "M"), ("N", "N"), ("R", "RL"),
        ("a", "AO"), ("e", "EI"), (None, "HWYU8aeiourhgnkwy-"),
    )
    for symbol in symbols
}  # fmt: skip
