"""Names that institutions go by and their registry leaves out, as the lexicon knows them: former ones, schools named alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from partnermatch import lexicon
from partnermatch.mentions.institutions import Entries
from partnermatch.model import Ints
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import plain_words
from partnermatch.text.clean import clean
from partnermatch.text.fold import fold_all


def add_second_names(entries: Entries, holders: Ints, settings: TextSettings) -> tuple[Entries, Ints]:
    """What a registry says, and behind it the second names of its institutions.

    An institution is known by one of its names and its country, where the registry has that. A name that any institution of
    the registry has is no second name of another.

    Args:
        entries: what the registry says.
        holders: [n] row of the institution that has each name.
        settings: how names are made safe.
    """
    more = list(_list_second_names(entries, settings))
    rows = np.array([row for row, _ in more], dtype=np.int64)
    added = entries._replace(
        texts=[*entries.texts, *[text for _, text in more]],
        kinds=[*entries.kinds, *["second"] * len(more)],
        owners=np.concatenate([entries.owners, rows]),
    )
    return added, np.concatenate([holders, rows])


def _list_second_names(entries: Entries, settings: TextSettings) -> Iterator[tuple[int, str]]:
    """Rows of institutions, each with a second name, in the order of the lexicon."""
    known = lexicon.second_names()
    names = _list_words((name for name, _ in known), settings)
    had = _list_words(entries.texts, settings)
    rows: defaultdict[str, set[int]] = defaultdict(set)
    wanted = frozenset(names)
    for name, kind, owner in zip(had, entries.kinds, entries.owners.tolist(), strict=True):
        if name in wanted and kind != "acronym" and owner >= 0:
            rows[name].add(owner)
    taken = frozenset(had)
    for name, ((_, country), others) in zip(names, known.items(), strict=True):
        own = [row for row in sorted(rows[name]) if entries.countries[row] in ("", country)]
        if own:
            words = _list_words(others, settings)
            fresh = [other for other, text in zip(others, words, strict=True) if text not in taken]
            yield from ((row, other) for row in own for other in fresh)


def _list_words(names: Iterable[str], settings: TextSettings) -> list[str]:
    """Names as they are compared: their words, folded."""
    return [plain_words(name) for name in fold_all([clean(name, settings).text for name in names])]
