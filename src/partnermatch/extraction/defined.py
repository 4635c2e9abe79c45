"""Acronyms that a text itself gives to an institution: the Deutsche Forschungsgemeinschaft (DFG). From there on, DFG is that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from partnermatch.extraction.mention import Mention

_DEFINED = re.compile(r"\s?[(（]\s?[\"“']?([^\W\d_][\w&./-]{1,11}?)[\"”']?\s?(?=[)）,;:])")
"""What may be an acronym right behind a name, first in its brackets."""
MIN_CAPITALS = 2


def name_acronyms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions and, in the place of what else was found there, the acronyms that the text gives them.

    An acronym stands in brackets right behind a name, begins as one of its words does, and has its letters in their order
    (Schwartz & Hearst, 2003); it means the same wherever it stands behind that. Of two that it is given to, it is the first's.

    Args:
        text: in which the mentions stand.
        mentions: with their offsets in it.
    """
    named: dict[str, Mention] = {}
    for mention in sorted(mentions):
        found = _DEFINED.match(text, mention.end)
        if found and _stands_for(found[1], mention.text):
            named.setdefault(found[1], mention._replace(start=found.start(1)))
    again = [own for acronym, mention in named.items() for own in _find_again(text, acronym, mention)]
    taken = sorted((own.start, own.end) for own in again)
    return [*(mention for mention in mentions if not _overlaps(mention, taken)), *again]


def _stands_for(acronym: str, name: str) -> bool:
    """Whether letters stand for a name.

    >>> _stands_for("NIMS", "National Institute for Materials Science"), _stands_for("ABC", "University of Bern")
    (True, False)
    """
    if sum(letter.isupper() for letter in acronym) < MIN_CAPITALS:
        return False
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    written = name.lower()
    place = len(written)
    for number, letter in reversed(list(enumerate(letters))):
        place = written.rfind(letter, 0, place)
        while number == 0 and place > 0 and written[place - 1].isalnum():
            place = written.rfind(letter, 0, place)
        if place < 0:
            return False
    return True


def _find_again(text: str, acronym: str, mention: Mention) -> Iterator[Mention]:
    """Every place of an acronym from the one that defines it on."""
    alone = re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-]|/\w)")
    for found in alone.finditer(text, mention.start):
        yield mention._replace(start=found.start(), end=found.end(), text=acronym)


def _overlaps(mention: Mention, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a mention overlaps any of some stretches, which follow each other."""
    before = bisect_left(taken, (mention.end, 0))  # the last that begins before the mention ends
    return before > 0 and taken[before - 1][1] > mention.start
