"""Names that institutions go by and their registry leaves out, as the lexicon knows them: former ones, schools named alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from partnermatch import lexicon
from partnermatch.mentions.institutions import Entries
from partnermatch.mentions.names import SECOND
from partnermatch.model import Ints
from partnermatch.settings import TextSettings
from partnermatch.text.abbreviations import plain_words
from partnermatch.text.clean import clean
from partnermatch.text.fold import fold_all


class Group(NamedTuple):
    """Names of one institution.

    Attributes:
        known: by which it is found in a registry.
        country: its code; empty where any will do.
        others: what it goes by, too.
    """

    known: tuple[str, ...]
    country: str
    others: tuple[str, ...]


def add_second_names(entries: Entries, holders: Ints, count: int, settings: TextSettings) -> tuple[Entries, Ints]:
    """What a registry says with the second names of its institutions, each kind behind the names that it had.

    An institution is known by one of its names and its country, where the lexicon and the registry have that; by names of
    two institutions, none is. A name that any institution of the registry has is no second name of another, and what would be
    that of two is that of none.

    Args:
        entries: what the registry says; names behind the first n are those of institutions that it does not hold.
        holders: [n] row of the institution that has each name.
        count: institutions that the registry holds.
        settings: how names are made safe.
    """
    names = len(holders)
    more = list(_list_second_names(entries, settings))
    own, others = ([pair for pair in more if (pair[0] < count) == held] for held in (True, False))
    rows, strange = (np.array([row for row, _ in pairs], dtype=np.int64) for pairs in (own, others))
    texts, kinds = (
        [*had[:names], *added, *had[names:], *behind]
        for had, added, behind in (
            (entries.texts, [text for _, text in own], [text for _, text in others]),
            (entries.kinds, [SECOND] * len(own), [SECOND] * len(others)),
        )
    )
    owners = np.concatenate([entries.owners[:names], rows, entries.owners[names:], strange])
    return entries._replace(texts=texts, kinds=kinds, owners=owners), np.concatenate([holders, rows])


def _list_second_names(entries: Entries, settings: TextSettings) -> Iterator[tuple[int, str]]:
    """Rows of institutions, each with a second name, in the order of the lexicon."""
    groups = list(_list_groups())
    words = fold_names((name for group in groups for name in (*group.known, *group.others)), settings)
    rows: dict[str, set[int]] = {text: set() for text in words.values()}
    had = {name: text for name, text in fold_names(entries.texts, settings).items() if text in rows}
    taken = set()
    for name, kind, owner in zip(entries.texts, entries.kinds, entries.owners, strict=True):
        text = had.get(name)
        if text is not None:
            taken.add(text)
            if kind != "acronym" and owner >= 0:
                rows[text].add(int(owner))
    given: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for group in groups:
        found = set[int]().union(*(rows[words[name]] for name in group.known))
        own = [row for row in found if not group.country or entries.countries[row] in ("", group.country)]
        if len(own) == 1:
            for other in group.others:
                given[words[other]].setdefault(own[0], other)
    for text, meant in given.items():
        if text not in taken and len(meant) == 1:
            yield from meant.items()


def _list_groups() -> Iterator[Group]:
    """What the lexicon knows: second names, and short forms but for single Latin words, which are read as the name itself."""
    for (name, country), others in lexicon.second_names().items():
        yield Group((name,), country, others)
    for full, entry in lexicon.short_forms():
        forms = tuple(dict.fromkeys((full, *entry.latin, *entry.ja)))
        yield Group(forms, "", tuple(form for form in forms if " " in form or not form.isascii()))


def fold_names(names: Iterable[str], settings: TextSettings) -> dict[str, str]:
    """Each distinct name with its words, folded, by which names are compared."""
    distinct = list(dict.fromkeys(names))
    folded = fold_all([clean(name, settings).text for name in distinct])
    return dict(zip(distinct, map(plain_words, folded), strict=True))
