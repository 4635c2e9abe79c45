"""A text as it reads, without what is written otherwise than it reads, and where in what was written each character stands."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from partnermatch.extraction.mention import Mention
from partnermatch.text.clean import INVISIBLE

_MARKS = "\u0300-\u036f\u3099\u309a"
_HALF = re.compile("[\uff65-\uff9f]")
_ODD = re.compile(f"&#?[0-9A-Za-z]{{2,32}};|{INVISIBLE.pattern}|{_HALF.pattern}+|[^{_MARKS}][{_MARKS}]{{1,3}}")
"""What reads otherwise than it is written: entities, invisible marks, kana of half the width, letters with their marks behind."""


class Plain(NamedTuple):
    """A text as it reads, and where each of its characters stands in what was written.

    Attributes:
        text: without invisible marks and entities of HTML; what is written as a letter and its accent, or in half the width,
            is one letter.
        starts: offset of the first character that is written for each.
        ends: offset behind the last.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def find_written(self, mention: Mention, written: str) -> Mention:
        """A mention in this text, as it stands in what was written."""
        start, end = self.starts[mention.start], self.ends[mention.end - 1]
        return mention._replace(start=start, end=end, text=written[start:end])


class Stretch(NamedTuple):
    """A part of a text.

    Attributes:
        start: offset of its first character.
        text: as it stands there.
    """

    start: int
    text: str


def make_plain(text: str) -> Plain:
    r"""A text as it reads.

    >>> plain = make_plain("A&amp;M \u200bﾄﾞｲﾂ Zu\u0308rich")
    >>> plain.text, [plain.starts[place] for place in (1, 2, 4, 7, 10)]
    ('A&M ドイツ Zürich', [1, 6, 9, 13, 17])
    """
    signs: list[str] = []
    starts, ends = array("q"), array("q")
    behind = 0
    for found in _ODD.finditer(text):
        start, end = found.span()
        made = unicodedata.normalize("NFKC" if _HALF.match(found[0]) else "NFC", INVISIBLE.sub("", unescape(found[0])))
        signs += text[behind:start], made
        for places, way, own in ((starts, range(behind, start), start), (ends, range(behind + 1, start + 1), end)):
            places.extend(way)
            places.extend([own] * len(made))
        behind = end
    signs.append(text[behind:])
    starts.extend(range(behind, len(text)))
    ends.extend(range(behind + 1, len(text) + 1))
    return Plain("".join(signs), starts, ends)
