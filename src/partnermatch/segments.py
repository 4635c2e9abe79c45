"""What was read of the records of a store, kept in segments in the user's cache, so that new rows need not read it again.

A segment holds the names that records say since some runs in a row. Each run brings a segment of the runs before it that none
holds yet; where the last segment is not much larger than the new one, both become one. So every name is read again as often
as the number of names doubles, and the segments stay few. A segment that is missing, damaged or made otherwise is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from partnermatch.errors import InputError
from partnermatch.evidence.columns import Columns, lay_columns
from partnermatch.index.container import read_container, write_container
from partnermatch.index.folder import SUFFIX, find_folder, make_folder
from partnermatch.index.leaves import put_together, take_apart
from partnermatch.index.origin import describe_origin, find_difference
from partnermatch.keys import list_letters
from partnermatch.links import LinkIndex, index_links
from partnermatch.links.holders import Holders
from partnermatch.links.variants import hash_keys
from partnermatch.model import Ints, Profiles
from partnermatch.postings import Postings, build_postings
from partnermatch.profiles import build_profiles
from partnermatch.profiles.pack import pack_profiles
from partnermatch.settings import Settings
from partnermatch.spellings import MAX_SHARED, hash_spellings
from partnermatch.store.rows import Remembered

GROWTH = 2
"""A segment is put together with the new one if it has at most so many times its names."""
Recall = Callable[[int, int], Remembered]
"""Gives the records that say what they say since some runs, the first and the last of these included."""


class Segment(NamedTuple):
    """What was read of some records, ready to be asked; arrays all the way down.

    Attributes:
        profiles: [n] distinct names.
        links: their vocabulary.
        columns: what evidence asks of each.
        postings: inverted lists over them.
        letters: which of them may be abbreviated by some letters.
        spellings: which of them are written nearly as something is.
        starts: [n + 1] and `records` [m]: numbers of the records that each name stands for.
        records: see `starts`.
    """

    profiles: Profiles
    links: LinkIndex
    columns: Columns
    postings: Postings
    letters: Holders
    spellings: Holders
    starts: Ints
    records: Ints


class _Kept(NamedTuple):
    first: int
    last: int
    names: int
    segment: Segment
    path: Path


def open_segments(tokens: Sequence[str], recall: Recall, settings: Settings) -> list[Segment]:
    """All that the records of a store say, read.

    Args:
        tokens: of the runs so far, the first first.
        recall: gives records by the runs since which they say what they say.
        settings: of the run.
    """
    chain = list(_follow_chain(tokens, settings))
    first, last = (chain[-1].last if chain else 0) + 1, len(tokens)
    if first > last:
        return [kept.segment for kept in chain]
    records = recall(first, last)
    obsolete = []
    while chain and chain[-1].names <= GROWTH * len(records.numbers):
        obsolete.append(chain.pop())
        first = obsolete[-1].first
        records = recall(first, last)
    path = _name(first, last, tokens)
    rows = records.rows
    segment = read_segment([row.name for row in rows], [row.country for row in rows], records.numbers, settings)
    _write(segment, len(records.numbers), path, settings)
    for kept in obsolete:
        kept.path.unlink(missing_ok=True)
    return [*(kept.segment for kept in chain), segment]


def read_segment(
    names: Sequence[object], countries: Sequence[object], numbers: Sequence[int], settings: Settings
) -> Segment:
    """Read names.

    Args:
        names: [r] of any type.
        countries: [r] country cells.
        numbers: [r] of the records.
        settings: of the run.
    """
    profiles, readings = build_profiles(names, countries, settings)
    named = readings.profiles >= 0
    pairs = np.stack([readings.profiles[named], np.array(numbers, dtype=np.int64)[named]])
    pairs = pairs[:, np.lexsort((pairs[1], pairs[0]))]
    starts = np.zeros(len(profiles) + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs[0], minlength=len(profiles)), out=starts[1:])
    return Segment(
        pack_profiles(profiles),
        index_links(profiles.atoms, settings.links),
        lay_columns(profiles),
        build_postings(profiles),
        Holders.build(hash_keys(list_letters(profiles)), settings.candidates.see),
        Holders.build(hash_spellings(profiles.texts), MAX_SHARED),
        starts,
        pairs[1],
    )


def _follow_chain(tokens: Sequence[str], settings: Settings) -> Iterator[_Kept]:
    """The segments that are there, one behind another without a gap, as long as each is whole and fits."""
    first = 1
    while first <= len(tokens):
        for last in range(len(tokens), first - 1, -1):
            kept = _open(first, last, tokens, settings)
            if kept:
                yield kept
                break
        else:
            return
        first = kept.last + 1


def _open(first: int, last: int, tokens: Sequence[str], settings: Settings) -> _Kept | None:
    path = _name(first, last, tokens)
    if not path.exists():
        return None
    try:
        container = read_container(path)
        if find_difference(container.about["origin"], describe_origin(settings, tokens[last - 1])):
            return None
        return _Kept(first, last, container.about["names"], put_together(Segment, container.arrays, "segment"), path)
    except (InputError, KeyError):
        return None


def _write(segment: Segment, names: int, path: Path, settings: Settings) -> None:
    """Keep a segment; where the cache cannot be written, the next run reads its names again."""
    about = {"origin": describe_origin(settings, path.stem.rpartition("-")[2]), "names": names}
    try:
        make_folder(path)
        write_container(path, about, dict(take_apart(segment, "segment")))
    except InputError:
        return


def _name(first: int, last: int, tokens: Sequence[str]) -> Path:
    """The file of a segment: the token of its last run tells stores, and copies of one that went on, apart."""
    return find_folder() / "partnermatch" / f"{first}-{last}-{tokens[last - 1]}{SUFFIX}"
