"""Spell words as they sound, in one alphabet for every script, and say how nearly two of them sound alike.

A spelling is a string of ASCII symbols. Where katakana and Latin letters agree there is one symbol for both (`K`, `M`);
where a Latin letter is read by turns (ch, th, j, soft c and g, z, s, w, v) it has a symbol of its own, a digit, whose
costs say how it is read; and what one side leaves out is weak, in lower case: the vowels that katakana adds (`u` in
ブラウン `BuRAuN`), the second vowel of a diphthong, a silent e, r behind a vowel.

`similarity` is a weighted edit distance over symbols. Its costs are log odds, in nats, learned from 9,000 names in
katakana and Latin letters (`benchmarks/sound.py --train`), so that the distance, taken from what the two words tell
together, is the logarithm of how much likelier they are as one name than as two (the pair model of Ristad and Yianilos,
1998). Short words tell little and so must be nearer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.model import Floats, Ints
from partnermatch.text.readings import to_hepburn
from partnermatch.text.spelling import deletions

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZaeioukghnrstwy-123456789"
UNTOLD = 6.0
"""Nats that a word must tell before a difference is forgiven: what two names have in common by chance."""
MAX_SPELLED = 32
"""Symbols compared; the rest of a longer word is cut off."""
BATCH = 4096
"""Pairs worked on at once: their rows of the distance table fit the processor's cache."""
MAX_BONES = 12
"""Consonants of a long word that its keys are made of."""

# What each symbol tells if it is met on both sides, what leaving it out costs, and what it costs to take it for another
# symbol, in tenths of a nat; another symbol not listed costs as much as leaving both out. Learned; the reasons:
#   A E I O U    vowels: any for any other, since a Latin vowel says little of how it is read
#   a e i o u -  weak vowels and ー: nearly free
#   r h g k n w y  r behind a vowel (ー or nothing), silent h, g of ng, k of kn, n of nm, w of kw, y of kya: nearly free
#   s t          at the end of a word, where French is silent
#   B V 9(v) W 8(w)  katakana writes バ, ヴ, ワ or ウ for them; F フ is also v (9), h of ハ, f
#   1 ch: チ ヒ キ シ   2 th: ス ト ザ   3 j: ジ ヤ ヒ   4 g before e, i: ジ ゲ   5 c before e, i: ス チ シ ツ
#   6 z: ズ ツ ス ジ    7 s: ス ズ シ    C チ  Q ツ  X シ  J ジ  L l, which katakana writes as R
COSTS = """
A 18 61 E27 I53 O36 U29 a11 e36 i60 o50 u66 h52 r50
B 33 91 P65 V55 W58 855 915
C 49 85 J40 K33 Q45 T34 10 346 439 56 642
D 35 64 J41 T40 Z53 u64 t49 -53 243
E 25 73 I37 O50 U36 a46 e2 i44 o34 u30 h52 r71 -75
F 43 60 H41 K51 P43 V52 328 925
G 38 67 H42 I70 J35 K40 u60 g4 154 412
H 42 47 J57 K66 L62 P66 R65 V56 X48 Y55 g43 h12 y44 121 322 421 957
I 25 57 O83 U48 Y39 a52 e46 i9 o60 u57 h41 r71 y37 -70 345
J 45 80 L33 Q46 S62 X55 Y46 Z28 s47 y52 141 225 30 41 528 615 733
K 31 73 Q37 S60 X57 g51 136 453
L 26 67 R0 W38 Y29 u60 r62 y58 -42 352
M 35 88 N52 n42
N 25 68 O65 n47
O 25 86 U37 a38 e58 i76 o4 u37 h53 r71 -76
P 39 80 V56 961
Q 50 72 S41 T36 X49 Z43 s45 148 228 346 439 513 613 743
R 26 81 r6
S 35 89 X27 Z49 u68 s1 151 23 449 511 624 70
T 31 64 u67 t1 28
U 28 54 W35 a42 e24 i65 o29 u5 h26 r61 w30 -66 839 941
V 46 80 W46 816 90
W 53 71 o50 u55 w27 80 941
X 39 69 Z49 s34 -40 119 229 443 52 643 713
Y 46 45 i34 y9 -48 313
Z 47 76 s8 216 540 60 712
a 26 31 -4
e 20 43 i23 o7 u6 -14
i 29 38 h30 y47 -30 326 753
o 17 15 h15 t8 837
u 18 14 h15 s43 t29 w16 -26 759 855 956
k 54 54
g 29 23
h 24 20 -10
n 53 58
r 27 52 -0
s 33 36 -41
t 28 42
w 34 24
y 43 34 322
- 27 19 337 851
1 49 84 345 438 539 756
2 29 67 522 629 739
3 45 54 436 537
4 43 88 530 747
5 37 88 637 748
6 47 82 753
7 35 59
8 53 56 952
9 46 103
"""

Codes = NDArray[np.uint8]
Tenths = NDArray[np.int16]


class Origin(IntEnum):
    """What a reading in Latin letters was made from."""

    LATIN = 0
    """A word as it is written, in any language."""
    KANA = 1
    """Romanized kana, which spells more plainly than the languages of Europe."""
    CHARACTERS = 2
    """Pinyin, Wade-Giles or Korean, from characters."""


# The first rule that fits decides; what stands behind (?=) and (?<=) is letters, not symbols.
_LATIN_RULES = (
    # beginnings
    ("^mc(?=[gkcq])", "MA"), ("^mc", "MAK"), ("^wr", "R"), ("^kn", "kN"), ("^ps(?=[aeiouy])", "7"), ("^x", "X"),
    # German, Polish, Nordic, English hushes; Hungarian sz
    ("schtsch", "XC"), ("tz?sch|zsch|tch|tsj|cz", "C"), ("dsch", "J"), ("sch|sh|skj|sj(?=[aeiou])", "X"), ("sz", "S"),
    ("tj", "C"), ("(?<=[^s])tion", "XoN"),
    # c, ch
    ("cch", "K"), ("ch(?=[rl])", "K"), ("(?<=te)ch(?=$|n)", "K"), ("ch", "1"),
    ("cc(?=[eiy])", "K5"), ("sc(?=[eiy])", "S"), ("c(?=[eiy])", "5"), ("c?k+|cq(?!u)|c+", "K"),
    # h behind a consonant
    ("ph", "F"), ("t?th", "2"), ("hs(?=[iu])", "X"),
    # affricates, z, j
    ("t[sz]", "Q"), ("dj|dg(?=[ei])", "J"), ("dz", "Z"), ("z[hs]", "J"), ("zz", "Q"), ("z+", "6"),
    ("ij(?=[^aeiouy]|$)", "Ei"), ("hj", "Y"), ("j+", "3"),
    # g, n, and Italian gn, gli
    ("ng(?=[aeiouyrlw])", "NG"), ("ng", "Ng"), ("gli(?=[aeou])", "LY"), ("gn(?=[aeiou])", "Ny"), ("gn$", "N"),
    ("(?<![aeiouy])gh|gh(?=[aeiou])", "G"), ("gh", "h"), ("gu(?=[eiy])", "Gw"), ("g(?=[eiy])", "4"), ("g+", "G"),
    ("qu", "Kw"), ("q+", "C"), ("x+", "KS"),
    # w, v, y
    ("ey$", "I"), ("wh", "8"), ("(?<=[aeiou])w(?![aeiouy])", "u"), ("w+", "8"), ("v+", "9"),
    ("(?<![aeiouy])y(?=[aeou])", "y"), ("y(?=[aeiou])", "Y"), ("(?<=[aeiou])y+", "i"), ("y+", "I"),
    # s, t, r, h
    ("ss+", "S"), ("s$", "s"), ("s", "7"), ("t$", "t"), ("t+", "T"),
    ("rh?r*h?(?=[aeiouy])", "R"), ("(?<=[aeiouy])r+h?", "r"), ("rh?", "R"),
    ("h(?=[aeiouy])(?<![bdkgt]h)", "H"), ("h", "h"),
    # plain consonants, doubled or not
    ("(?<=.)m+(?=[bp])", "N"), ("m+", "M"), ("n+", "N"), ("d+", "D"), ("l+", "L"), ("b+", "B"), ("p+", "P"), ("f+", "F"),
    # vowels
    ("eau", "O"), ("ee", "I"), ("oo", "U"), ("aa", "A"), ("ii+", "I"), ("uu+", "U"), ("(?<=[^aeiouy])e(?=s?$)", "e"),
    ("(?<=[aeo])i", "i"), ("(?<=[aeo])u", "u"), ("(?<=[aioue])e", "e"), ("(?<=[eo])a", "a"),
    ("a", "A"), ("e", "E"), ("i", "I"), ("o", "O"), ("u", "U"),
)  # fmt: skip
# Letters that two ways of writing read so differently that no cost covers both; each gives a second spelling.
_RIVALS = (
    (re.compile("x"), "sh"),  # pinyin, Basque, Catalan
    (re.compile("gn"), "gghn"),  # German, English: Regnitz
    (re.compile("kh"), "h"),  # Russian, Arabic, Persian: Kharkov
    (re.compile("burgh$"), "bara"),  # Edinburgh, but Pittsburgh
    (re.compile("ey$"), "ei"),  # Berkeley, but Surrey
)


@lru_cache(maxsize=1 << 18)
def spell(reading: str, *, origin: Origin) -> tuple[str, ...]:
    """The ways a reading may sound, the likeliest first; none for what has no letters.

    >>> spell("buraun", origin=Origin.KANA), spell("brown", origin=Origin.LATIN)
    (('BuRAuN',), ('BROuN',))
    >>> spell("xiamen", origin=Origin.LATIN), spell("regnitz", origin=Origin.LATIN)
    (('XIAMEN',), ('RENyIQ', 'REGhNIQ'))
    """
    if origin == Origin.KANA:
        spelled = _spell_kana(_NO_LETTER.sub("", reading.lower()))
        return (spelled,) if spelled else ()
    word = _NO_LETTER.sub("", reading.lower()).replace("-", "")
    if origin == Origin.CHARACTERS:
        return (_spell_latin(_HARD_G.sub("gh", word.replace("x", "sh"))),) if word else ()
    words = [word, *(rival.sub(letters, word) for rival, letters in _RIVALS), to_hepburn(word)]
    return tuple(dict.fromkeys(_spell_latin(word) for word in dict.fromkeys(words) if word))


def _spell_latin(word: str) -> str:
    return _latin_pattern().sub(lambda found: _LATIN_RULES[int(found.lastindex or 1) - 1][1], word)


@cache
def _latin_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"({letters})" for letters, _ in _LATIN_RULES))


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


def blocking_keys(spelled: str) -> tuple[str, ...]:
    """What spellings of one name nearly always share at least one of.

    The consonants in nine rough classes, and where there are five or more, what is left when one is missing (two of
    eight or more); of four consonants or fewer also consonants and rough vowels with one of them missing. A letter that
    is read in two classes gives keys for both.

    >>> blocking_keys("SARI-"), blocking_keys("7URI")
    (('/SaRe', '/aRe', '/SRe', '/Sae', '/SaR'), ('/SRe', '/Re', '/Se', '/SR'))
    """
    keys: dict[str, None] = {}
    for voiced in _rough(spelled):
        bones = _DOUBLE.sub(r"\1", _ROUGH_VOWEL.sub("", voiced))[:MAX_BONES]
        if len(bones) >= 3:
            keys[bones] = None
        if len(bones) >= 5:
            keys.update(dict.fromkeys(deletions(bones)))
        if len(bones) >= 8:
            keys.update(dict.fromkeys(key for once in deletions(bones) for key in deletions(once)))
        if len(bones) <= 4:
            keys.update(dict.fromkeys(f"/{key}" for key in deletions(voiced)))
    return tuple(keys)


def _rough(spelled: str) -> list[str]:
    """Rough classes, doubles as one; at most four variants where letters are read in two classes."""
    variants = [spelled.translate(_ROUGH)]
    for letter, classes in _TWO_CLASSES.items():
        if letter in variants[0]:
            variants = [variant.replace(letter, rough) for variant in variants[:2] for rough in classes]
    return [_DOUBLE.sub(r"\1", variant) for variant in variants]


def count_consonants(spelled: str) -> int:
    """Consonants that are heard in every language; a word with fewer than two tells nothing by its sound."""
    return sum(symbol in _HEARD for symbol in spelled)


def similarity(left: Sequence[str], right: Sequence[str]) -> Floats:
    """How nearly spellings sound alike, row by row: 0..1, 1 if nothing tells them apart.

    At 0.5 the two are e^6 (400) times likelier as one name than as two, however long they are; see `UNTOLD`.

    Args:
        left: [p] spellings.
        right: [p] spellings.

    Returns:
        [p] similarities.

    >>> similarity(["BuRAuN", "BuRAuN"], ["BROuN", "BERuN"]).round(2).tolist()
    [0.66, 0.37]
    """
    one, two = encode(left), encode(right)
    costs = read_costs(COSTS)
    apart = distances(one, two, costs).astype(np.float64)
    told = (costs.told[one].sum(axis=1) + costs.told[two].sum(axis=1)) / 20.0
    alike = 1.0 - apart / 10.0 / (2.0 * np.maximum(told - UNTOLD, 0.1))
    return np.where(apart == 0, 1.0, np.clip(alike, 0.0, 1.0))


class Costs(NamedTuple):
    """The table, over symbol numbers; 0 pads.

    Attributes:
        told: [s] what a symbol tells, in tenths of a nat.
        left_out: [s] cost of leaving it out.
        taken: [s * s] cost of taking one symbol for another.
    """

    told: Tenths
    left_out: Tenths
    taken: Tenths


@cache
def read_costs(table: str) -> Costs:
    """Lay a table of costs out by symbol number."""
    rows = [line.split() for line in table.strip().splitlines()]
    number = _numbers()
    told, left_out = np.zeros((2, len(rows) + 1), dtype=np.int16)
    for row in rows:
        told[number[ord(row[0])]], left_out[number[ord(row[0])]] = int(row[1]), int(row[2])
    taken = np.add.outer(left_out, left_out)
    for row in rows:
        for near in row[3:]:
            one, two = number[ord(row[0])], number[ord(near[0])]
            taken[one, two] = taken[two, one] = int(near[1:])
    np.fill_diagonal(taken, 0)
    taken[0, 1:] = taken[1:, 0] = _NEVER
    return Costs(told, left_out, taken.ravel())


@cache
def _numbers() -> Codes:
    """Number of each ASCII character's symbol, 0 for none."""
    numbers = np.zeros(256, dtype=np.uint8)
    numbers[[ord(symbol) for symbol in SYMBOLS]] = np.arange(1, len(SYMBOLS) + 1)
    return numbers


def encode(spelled: Sequence[str]) -> Codes:
    """[p, MAX_SPELLED] symbol numbers, padded with 0."""
    letters = np.array(spelled, dtype=f"S{MAX_SPELLED}")
    return _numbers()[letters.view(np.uint8).reshape(len(spelled), MAX_SPELLED)]


def distances(one: Codes, two: Codes, costs: Costs) -> Tenths:
    """[p] cheapest way to turn one word into the other, in tenths of a nat: batches of pairs of like length."""
    apart = np.zeros(len(one), dtype=np.int16)
    lengths = [((codes > 0) * np.arange(1, MAX_SPELLED + 1, dtype=np.uint8)).max(axis=1) for codes in (one, two)]
    order: Ints = np.lexsort(lengths)
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        ends = [int(found[rows].max()) for found in lengths]
        apart[rows] = _distance_table(one[rows, : ends[0]].T, two[rows, : ends[1]].T, costs)
    return apart


def _distance_table(one: Codes, two: Codes, costs: Costs) -> Tenths:
    """The table of Wagner and Fischer, row by row for all pairs at once; [i, p] and [j, p] in, [p] out.

    Within a row a cell may follow from the one before it; taking the running sum of what is left out off first makes
    that a running minimum.
    """
    left_out = np.zeros((len(two) + 1, two.shape[1]), dtype=np.int16)
    np.cumsum(costs.left_out[two], axis=0, out=left_out[1:])
    rows = one.astype(np.intp) * len(costs.left_out)
    row = left_out.copy()
    for symbols, start in zip(one, rows, strict=True):
        following = row + costs.left_out[symbols]
        np.minimum(following[1:], row[:-1] + costs.taken[start + two], out=following[1:])
        following -= left_out
        for place in range(1, len(following)):
            np.minimum(following[place], following[place - 1], out=following[place])
        row = following + left_out
    found: Tenths = row[-1]
    return found


_HARD_G = re.compile("g(?=[eiy])")
_NO_LETTER = re.compile("[^a-z-]+")
_DOUBLE = re.compile(r"(.)\1+")
_NEVER = 9_999
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
_ROUGH_VOWEL = re.compile("[ae]")
_TWO_CLASSES = {"1": "SK", "2": "ST", "4": "SK", "3": ("S", "")}
_HEARD = frozenset("BCDFGJKLMNPQRSTVXZ1234567t9")
_ROUGH = {
    ord(symbol): rough
    for rough, symbols in (
        ("P", "BPV9F"), ("T", "TDt"), ("K", "KG"), ("S", "SZXCJQ567s"), ("M", "M"), ("N", "N"), ("R", "RL"),
        ("a", "AO"), ("e", "EI"), ("", "HWYU8aeiourhgnkwy-"),
    )
    for symbol in symbols
}  # fmt: skip
