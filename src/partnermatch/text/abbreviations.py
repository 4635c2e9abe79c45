"""Spell abbreviated words of institutions out: Comput. Sci., Inst. of Technol., and Natl Inst Mat Sci as Web of Science has it.

What each stands for, and when it counts as one, is in abbreviations.tsv. Many are words or names of their own (mat, text,
nat) and count only with their full stop, or in a string that says by another one that it is written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.text.fold import fold_all

_FORM = re.compile(
    r"(?<![\w'.])(?:[a-z]{2,13}|[nsew])\b\.?"
    r"|(?:^|(?<=[,;(/] ))u\b\.?(?= (?:of )?[a-z]{4})|(?<=[a-z]{4} )(?<!inserm )u\b\.?(?=$|[,;)])"  # U Tokyo, Tokyo U.
)
_WORD = re.compile(r"\w+")
_TITLED = re.compile(r"\b(?:[A-Z][a-z]{1,12}|[NS][EW]?|[EW])\b(?!\.)", re.ASCII)
_ANY = re.compile(r"\b[a-z]{1,13}\b(?!\.)", re.ASCII)
_BEFORE = re.compile(r"(\w+|&)(\.?) $")
_BEHIND = re.compile(r" ?(\w+|&)")
_LONGEST = 30
"""Letters of the longest word that is looked at before an abbreviation."""
_BORDER = re.compile("[,;:()/]|$")
ENOUGH = 2
"""Different words that are likely cut short, of which none is sure, that show that a text is written so."""
_SIDES = frozenset("nsew")
_BEFORE_SIDES = frozenset({",", "new", "middle", "far"})
MIN_FILLED = 3
"""Words of a run that may lack function words: Univ London Imperial Coll is not the University of London."""
_FUNCTION = ("stop:of", "stop:and", "stop:for")
MIN_SIDED = 3
"""Letters of a word that may have a side before it: N Carolina, not N 12."""


class Spelled(NamedTuple):
    """An abbreviation in a text: where it is, and what it stands for, with a function word that is left out before it."""

    start: int
    end: int
    meant: str
    left_out: str = ""


def spell_out(word: str, stopped: bool) -> str:
    """The word that a folded Latin one stands for wherever it is; empty if it is no abbreviation.

    Args:
        word: folded.
        stopped: whether a full stop follows.

    >>> spell_out("technol", False), spell_out("nat", True), spell_out("nat", False)
    ('technology', 'national', '')
    """
    known = lexicon.abbreviations().get(word)
    return known.meant if known and (known.always or (stopped and known.stopped)) else ""


def find_short(text: str) -> frozenset[str]:
    """The words that are abbreviations in a text though they have no full stop and are none in others.

    There are some only where a sure one shows that the text is written so, or a school or college, or two others that are
    no words: Nat Hist. They begin with a capital, unless all or none of its letters are capitals: GEN, and e for and, are
    none.

    Args:
        text: as it was written.

    >>> sorted(find_short("Natl Inst Mat Sci, GEN, N Ibaraki")), sorted(find_short("National Institute, Mat Sci"))
    (['mat', 'n', 'sci'], [])
    """
    words = _ANY.findall(text.lower()) if text.isupper() or text.islower() else _TITLED.findall(text)
    known = [found for word in words if (found := lexicon.abbreviations().get(word.lower()))]
    likely = {found.form for found in known if found.counts == "short"}
    shown = any(found.sure or (found.role == "head" and found.form in likely) for found in known)
    if not shown and len(likely) < ENOUGH:
        return frozenset()
    return frozenset(found.form for found in known if not found.always and found.unstopped)


@lru_cache(maxsize=1 << 14)
def plain_words(folded: str, short: frozenset[str] = frozenset()) -> str:
    """The words of a folded text, abbreviations spelled out, with one space between them, without marks.

    >>> plain_words("hong kong univ. of sci. & technol."), plain_words("natl inst mat sci", frozenset(["mat", "sci"]))
    ('hong kong university of science and technology', 'national institute of materials science')
    """
    pieces: list[str] = []
    done = 0
    for found in find_spelled(folded, short):
        pieces += folded[done : found.start], found.left_out, found.meant
        done = found.end
    return " ".join(_WORD.findall("".join((*pieces, folded[done:])).replace(" & ", " and ")))


def spell_all(folded: str, short: frozenset[str] = frozenset()) -> tuple[str, list[int]]:
    """A text with its abbreviations spelled out, and for each of its offsets the one in the text."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, meant, left_out in find_spelled(folded, short):
        pieces += folded[done:start], left_out, meant
        places += [*range(done, start), *[start] * len(left_out)]
        length = end - start
        places += [start + min(place, length - 1) for place in range(len(meant))]
        done = end
    return "".join((*pieces, folded[done:])), [*places, *range(done, len(folded) + 1)]


def find_spelled(folded: str, short: frozenset[str]) -> Iterator[Spelled]:
    """The abbreviations of a folded text, without their full stops.

    Args:
        folded: the text.
        short: words that count without a full stop, see `find_short`.
    """
    table = lexicon.abbreviations()
    for found in _FORM.finditer(folded):
        start, end = found.span()
        word = found[0].removesuffix(".")
        stopped = word != found[0]
        known = table.get(word)
        if word == "u":
            yield Spelled(start, start + 1, "university")
        elif known and (known.always or (known.stopped if stopped else word in short)):
            last, following = _BEFORE.search(folded, max(0, start - _LONGEST), start), _BEHIND.match(folded, end)
            before, behind = last[1] if last else ",", following[1] if following else ","
            meant = known.choose(before, behind)
            if not meant or (word in _SIDES and not _is_side(before, behind)):
                continue
            of = not stopped and known.role == "field" and last and not last[2] and _heads(before, folded, end)
            yield Spelled(start, end - stopped, meant, "of " if of else "")


def fill_in(words: str, name: str) -> str:
    """A folded name, if words lack nothing of it but function words; the words otherwise.

    >>> fill_in("national institute physics", "national institute of physics"), fill_in("university oslo", "university of oslo")
    ('national institute of physics', 'university oslo')
    """
    if len(words) > len(name) or words.count(" ") < MIN_FILLED - 1:
        return words
    return name if _telling(words) == _telling(name) else words


def _telling(words: str) -> list[str]:
    return [word for word in words.split(" ") if word not in _function_words()]


@cache
def _function_words() -> frozenset[str]:
    known = [entry for entry in lexicon.words() if entry.concepts[0] in _FUNCTION]
    return frozenset(fold_all([form for entry in known for form in entry.latin]))


def _is_side(before: str, behind: str) -> bool:
    """Whether a letter between two words is a side of what follows, and no initial: Univ N Carolina, not Harry S Truman."""
    placed = before in _BEFORE_SIDES or (len(before) > 1 and before in lexicon.abbreviations())
    return placed and len(behind) >= MIN_SIDED and behind.isalpha()


def _heads(before: str, folded: str, end: int) -> bool:
    """Whether the word before a field is its institute or the like: Inst Phys, but Univ Med Ctr is a centre."""
    table = lexicon.abbreviations()
    if before not in table or table[before].role != "head":
        return False
    border = _BORDER.search(folded, end)
    behind = folded[end : border.start() if border else len(folded)].split()
    return not any(word in table and table[word].role in ("head", "kind") for word in behind)
