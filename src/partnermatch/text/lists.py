"""Cut a string that lists several affiliations into them, where it says plainly that one ends and another begins.

That is at semicolons and line ends, at numbers that count up from 1, and behind a country before `and`, a slash or a full
stop. A stretch that is only a place goes with the one before it. Whether another is an affiliation of its own is for who asks.
"""

from __future__ import annotations

import re

from partnermatch.settings import TextSettings
from partnermatch.text.clean import clean
from partnermatch.text.fold import fold
from partnermatch.text.names import country_code
from partnermatch.text.phrases import phrases

_LINE = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_BORDER = re.compile(r"[;；](?![^\[(]*[\])])")
"""Not in brackets: [Sato, T.; Berg, A.] Univ. of Oslo."""
_FOOTNOTE = re.compile(
    r"^[\[(]?\d{1,2}(?:[\])]?[.):]\s*|[\])]\s*|\s+)(?=[^\W\d_])|^\d{1,2}(?=[^\W\d_a-zA-Z]|[A-Z](?:[a-z]|[A-Z]{2,}\b))"
)
"""A number before an affiliation, and none that begins a name: 3M, 4TU, 21st."""
_NUMBER = re.compile(r"(?:^|(?<=[\s,.;)]))[\[(]?(\d{1,2})[\])]?[.):]?\s*(?=[^\W\d_])")
_ENDING = re.compile(r",\s*([^,;.]{2,40}?)(?:\s+(?:and|und|et|y|&)\s+|\.\s+|\s*/\s*)(?=[^\W\d_])")
"""What may be a country, with what ends an affiliation behind it."""
_REST = re.compile(r"[^,;./\d]{2,40}?(?=\s(?:and|&)\s|[,;./]|$)")
_STATE = re.compile("[A-Z]{2}")
_SHORT = ("UK", "US")
LONGEST_PLACE = 40
"""Characters of the longest place that is looked for."""


def cut_list(value: object, settings: TextSettings) -> list[str]:
    """The affiliations that any value may list, in order; one, if it lists none.

    >>> cut_list("Univ. of Tokyo, Japan; RIKEN, Wako", TextSettings())
    ['Univ. of Tokyo, Japan', 'RIKEN, Wako']
    >>> cut_list("1 Univ. of Oslo, Norway 2 CERN, Geneva, Switzerland and DESY", TextSettings())
    ['Univ. of Oslo, Norway', 'CERN, Geneva, Switzerland', 'DESY']
    >>> cut_list("University of Southampton; Southampton; UK", TextSettings())
    ['University of Southampton, Southampton, UK']
    """
    text = clean(_LINE.sub(";", value) if isinstance(value, str) else value, settings).text
    numbered = [stretch for part in _BORDER.split(text) for stretch in _cut_at_numbers(part.strip())]
    stretches = [stretch.strip(" ,") for part in numbered for stretch in _cut_behind_countries(part)]
    listed: list[str] = []
    for stretch in filter(None, stretches):
        if listed and _is_place(stretch):
            listed[-1] += f", {stretch}"
        else:
            listed.append(_FOOTNOTE.sub("", stretch))
    return listed or [text]


def _cut_at_numbers(text: str) -> list[str]:
    """Cut before the numbers 1, 2, 3 and so on, of which the first begins the text."""
    borders: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        if int(found[1]) == len(borders) + 1 and (borders or not found.start()):
            borders.append(found)
    ends = [*(found.start() for found in borders[1:]), len(text)]
    return [text[found.end() : end] for found, end in zip(borders, ends, strict=True)] if borders else [text]


def _cut_behind_countries(text: str) -> list[str]:
    endings = [found for found in _ENDING.finditer(text) if _is_country(found[1]) and not _goes_on(found)]
    starts, ends = [0, *(found.end() for found in endings)], [*(found.end(1) for found in endings), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _goes_on(ending: re.Match[str]) -> bool:
    """Whether what is behind a country is the rest of its name: Bosnia and Herzegovina."""
    behind = _REST.match(ending.string, ending.end())
    rest = behind[0].strip() if behind else ""
    return country_code(ending.string[ending.start(1) : ending.end()] + rest) == country_code(ending[1])


def _is_place(words: str) -> bool:
    """Whether words are a place, with what it lies in: Boston, MA, USA."""
    if _is_country(words):
        return True
    first, *others = words.split(", ")
    return _is_known_place(first) and all(
        _is_country(other) or _STATE.fullmatch(other) or _is_known_place(other) for other in others
    )


def _is_known_place(words: str) -> bool:
    meaning = phrases().latin.get(fold(words)) if len(words) <= LONGEST_PLACE else None
    return meaning is not None and meaning.role == "place"


def _is_country(words: str) -> bool:
    """Whether words are a country; of two letters only where they are written for its name: St. is not São Tomé."""
    return (len(words) > len("UK") or words in _SHORT) and bool(country_code(words))
