"""Say how nearly two spellings of text/sound.py sound alike: a weighted edit distance over their symbols.

Its costs are log odds, in nats, learned from 9,000 names in katakana and Latin letters (`benchmarks/sound.py --train`),
so that the distance, taken from what the two words tell together, is the logarithm of how much likelier they are as one
name than as two (the pair model of Ristad and Yianilos, 1998). Short words tell little and so must be nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.model import Floats, Ints
from partnermatch.text.sound import SYMBOLS

UNTOLD = 6.0
"""Nats that a word must tell before a difference is forgiven: what two names have in common by chance."""
MAX_SPELLED = 32
"""Symbols compared; the rest of a longer word is cut off."""
BATCH = 4096
"""Pairs worked on at once: their rows of the distance table fit the processor's cache."""
ROWS_BETWEEN = 2
"""Rows of the distance table after which pairs that are too far apart by then are dropped."""
WORTH_DROPPING = 0.7
"""Share of the pairs left under which dropping the others takes less time than keeping them."""

_NEVER = 9_999

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
    rows = np.arange(len(left))
    return likeness(hear(left), rows, hear(right), rows, np.zeros(len(left)))


class Heard(NamedTuple):
    """Spellings laid out to be compared, many times.

    Attributes:
        symbols: [MAX_SPELLED, w] symbol numbers, padded with 0.
        lengths: [w] symbols of each.
        told: [w] what each tells, in tenths of a nat.
    """

    symbols: Codes
    lengths: Tenths
    told: Floats


def hear(spelled: Sequence[str]) -> Heard:
    """Lay spellings out to be compared."""
    codes = encode(spelled)
    lengths = ((codes > 0) * np.arange(1, MAX_SPELLED + 1, dtype=np.int16)).max(axis=1)
    told = read_costs(COSTS).told[codes].sum(axis=1).astype(np.float64)
    return Heard(np.ascontiguousarray(codes.T), lengths, told)


def likeness(one: Heard, left: Ints, two: Heard, right: Ints, least: Floats) -> Floats:
    """The `similarity` of chosen pairs, as far as it is wanted.

    Args:
        one: spellings.
        left: [p] rows of `one`.
        two: spellings.
        right: [p] rows of `two`.
        least: [p] similarity below which a pair is not wanted.

    Returns:
        [p] similarities; 0 for some of those that are below `least`.
    """
    costs, alike = read_costs(COSTS), np.zeros(len(left))
    order = np.argsort(one.lengths.take(left) * (MAX_SPELLED + 1) + two.lengths.take(right), kind="stable")
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        here, there = left.take(rows), right.take(rows)
        told = np.maximum((one.told.take(here) + two.told.take(there)) / 20.0 - UNTOLD, 0.1)
        farthest = (1.0 - least.take(rows)) * 20.0 * told + 1.0  # a tenth more: what is just near enough is measured
        apart = _distance_table(_pick(one, here), _pick(two, there), costs, farthest).astype(np.float64)
        near = np.clip(1.0 - apart / 10.0 / (2.0 * told), 0.0, 1.0)
        alike[rows] = np.where(apart == 0, 1.0, near)
    return alike


def _pick(heard: Heard, rows: Ints) -> Codes:
    """[l, p] symbols of some spellings, as many as the longest has."""
    return heard.symbols[: int(heard.lengths.take(rows).max(initial=0))].take(rows, axis=1)


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
    """[p] cheapest way to turn one word into the other, in tenths of a nat."""
    apart = np.zeros(len(one), dtype=np.int16)
    for start in range(0, len(one), BATCH):
        first, second = (codes[start : start + BATCH].T for codes in (one, two))
        apart[start : start + BATCH] = _distance_table(first, second, costs, np.full(first.shape[1], _NEVER))
    return apart


def _distance_table(one: Codes, two: Codes, costs: Costs, farthest: Floats) -> Tenths:
    """The table of Wagner and Fischer, row by row for all pairs at once; [i, p] and [j, p] in, [p] out.

    Within a row a cell may follow from the one before it; taking the running sum of what is left out off first makes
    that a running minimum. No cost is negative, so that a pair whose whole row lies beyond `farthest` never comes back:
    it is dropped, and its distance is given as `_NEVER`.
    """
    found, pairs = np.full(two.shape[1], _NEVER, dtype=np.int16), np.arange(two.shape[1])
    symbols, columns = one.astype(np.intp), two.astype(np.intp)
    lost, starts = costs.left_out.take(symbols), symbols * len(costs.left_out)
    left_out = np.zeros((len(two) + 1, two.shape[1]), dtype=np.int16)
    for place, cost in enumerate(costs.left_out.take(columns)):
        np.add(left_out[place], cost, out=left_out[place + 1])
    row = left_out
    for place in range(len(one)):
        if place and place % ROWS_BETWEEN == 0:
            near = np.flatnonzero(row.min(axis=0) <= farthest)
            if len(near) < WORTH_DROPPING * len(pairs):
                pairs, farthest = pairs.take(near), farthest.take(near)
                starts, columns = starts.take(near, axis=1), columns.take(near, axis=1)
                lost, left_out, row = (table.take(near, axis=1) for table in (lost, left_out, row))
        following = row + lost[place]
        np.minimum(following[1:], row[:-1] + costs.taken.take(starts[place] + columns), out=following[1:])
        following -= left_out
        for end in range(1, len(following)):
            np.minimum(following[end], following[end - 1], out=following[end])
        following += left_out
        row = following
    found[pairs] = row[-1]
    return found
