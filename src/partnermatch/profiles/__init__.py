"""Step 1, names to profiles: read every distinct string once and lay what it says out in columns.

Raw strings stop here. Strings that differ only in their unit, in what stands in brackets or in folding lead to one
profile; the organization above an institution gets a profile of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from partnermatch.csr import sort_once
from partnermatch.model import Ints, Profiles, Readings, Units
from partnermatch.parallel import cut
from partnermatch.profiles.drafts import report_all
from partnermatch.profiles.filing import NOWHERE, Filed, Scopes, file_reports
from partnermatch.profiles.layout import Ordered, lay_out, order_parts
from partnermatch.profiles.reading import read_parts, without_collecting
from partnermatch.settings import Settings
from partnermatch.text.clean import as_text
from partnermatch.text.names import Reader, country_code, read_names

AT_ONCE = 128
"""Names that take a step together: 64 to 256 are read in 72% of the time of one by one, 1,000 in 80%."""


class Drafts(NamedTuple):
    """What the names of a table say, before their profiles are laid out.

    Attributes:
        parts: what was filed, in the order of the strings.
        ordered: the institutions of all parts.
        places: [r] of each row, the string and country among those of all parts.
    """

    parts: list[Filed]
    ordered: Ordered
    places: Ints


def build_profiles(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    units: Units = Units.FOLD,
    workers: int = 1,
    read: Reader = read_names,
) -> tuple[Profiles, Readings]:
    """Read the names of a table, and lay out what they say: see `draft_profiles` and `lay_out_drafts`."""
    drafts = draft_profiles(values, countries, settings, advance, units=units, workers=workers, read=read)
    return lay_out_drafts(drafts, settings)


@without_collecting()
def draft_profiles(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    units: Units = Units.FOLD,
    workers: int = 1,
    read: Reader = read_names,
) -> Drafts:
    """Read the names of a table.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells: codes or names, empty or None if unknown.
        settings: of the run.
        advance: told how many distinct strings were read since the last call.
        units: what becomes of a unit that a name mentions.
        workers: processes that read, at most; the answer is the same, see `reading`.
        read: reads strings; one that remembers, where some were read before.
    """
    texts = [value if isinstance(value, str) else as_text(value) for value in values]
    (wanted, text), (codes, code) = _rank(texts), _rank(_codes(countries))  # whatever the order of the rows
    rows = text * max(len(codes), 1) + code
    distinct = sort_once(rows)
    given = [codes[place] for place in (distinct % max(len(codes), 1)).tolist()]
    starts = distinct.searchsorted(np.arange(len(wanted) + 1) * max(len(codes), 1)).tolist()
    strings = [(text, given[start:end]) for text, (start, end) in zip(wanted, pairwise(starts), strict=True)]
    apart = units == Units.ASK
    scopes = Scopes(apart=apart)

    def read_part(part: Sequence[tuple[str, list[str]]]) -> Filed:
        some = cut([text for text, _ in part], 1, 1, AT_ONCE)
        reports = (said for texts in some for said in report_all(read(texts, settings.text), units))
        return file_reports(reports, [countries for _, countries in part], scopes)

    used = 1 if apart else workers  # scopes are numbered by one process
    parts = list(read_parts(read_part, strings, advance, used))
    return Drafts(parts, order_parts([part.institutions for part in parts]), distinct.searchsorted(rows))


@without_collecting()
def lay_out_drafts(drafts: Drafts, settings: Settings) -> tuple[Profiles, Readings]:
    """Lay out what the names of a table say.

    Args:
        drafts: of the table.
        settings: of the run.

    Returns:
        The profiles, and for each row what leads there.
    """
    parts, ordered, places = drafts
    profiles = lay_out([part.institutions for part in parts], ordered, settings.weights)
    outer, inner = (
        _find_profiles(ordered, column)[places]
        for column in ([part.outer for part in parts], [part.inner for part in parts])
    )
    reasons = [reason for part in parts for reason in part.reasons]
    named = [unit for part in parts for unit in part.units]
    beside = np.array([flag for part in parts for flag in part.beside], dtype=np.bool_)
    return profiles, Readings(
        outer,
        inner,
        tuple([reasons[place] for place in places.tolist()]),
        tuple([named[place] for place in places.tolist()]),
        beside[places],
    )


def _find_profiles(ordered: Ordered, ends: Sequence[Sequence[int]]) -> Ints:
    """[d] the profile of each institution of the parts; `NOWHERE` where it is none."""
    laid = [np.concatenate([own, [NOWHERE]]) for own in ordered.numbers]
    return np.concatenate([own[places] for own, places in zip(laid, ends, strict=True)])


def _rank(texts: Sequence[str]) -> tuple[list[str], Ints]:
    """The different texts, sorted, and the place among them of each."""
    ordered = sorted(set(texts))
    ranks = {text: rank for rank, text in enumerate(ordered)}
    return ordered, np.fromiter(map(ranks.__getitem__, texts), np.int64, len(texts))


def list_distinct(values: Sequence[object], countries: Sequence[object]) -> tuple[list[tuple[str, str]], list[int]]:
    """The different rows of a table, as texts.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells.

    Returns:
        Each different row once, in the order in which it is met first, and [r] which of them each row is.
    """
    met: dict[tuple[str, str], int] = {}
    texts = ((as_text(value), as_text(country)) for value, country in zip(values, countries, strict=True))
    places = [met.setdefault(pair, len(met)) for pair in texts]
    return list(met), places


def _codes(countries: Sequence[object]) -> list[str]:
    """The ISO code of each country cell; each distinct text is looked up once."""
    texts = [cell if isinstance(cell, str) else as_text(cell) for cell in countries]
    codes = {text: country_code(text) for text in dict.fromkeys(texts)}
    return [codes[text] for text in texts]
