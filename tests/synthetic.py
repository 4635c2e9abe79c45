"""Small profiles and links laid out by hand, and names thrown together, to hold the steps against oracles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

import numpy as np
from hypothesis import strategies as st

from partnermatch.model import Atoms, Candidates, Ints, Links, Profiles, Role, Scores, Script
from partnermatch.scores import VETO

PLAIN = """東京 大学 大學 医学部 附属病院 研究所 中国科学院 化学 物理 センタ一 ㈱ 株式会社 （ ） ( ) 、 , ・ 第一 2 Ⅲ
カロリンスカ パスツール Karolinska Institutet University of the Tokyo Tōkyō Dept. MIT Inst Ltd. GmbH d'Optique A&amp;M
Zürich Universität 서울 대학교 清華 Max Planck 日本 Japan 国立 National School CNRS"""
STRANGE = ("\ud800", "\u202e", "\u200b", "\u0301", "\x00", "\ufeff", "ﷺ", "\U0001f600")
TEXTS = st.text(max_size=12) | st.tuples(
    st.sampled_from(("", " ")), st.lists(st.sampled_from(PLAIN.split()) | st.sampled_from(STRANGE), max_size=7)
).map(lambda made: made[0].join(made[1]))
"""Any text at all, and texts made of words, brackets, legal forms and marks that do not belong in a name."""


def lay_rows(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers as CSR."""
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return starts, np.array(list(chain.from_iterable(rows)), dtype=np.int64)


def make_atoms(
    forms: Sequence[str],
    *,
    roles: Sequence[int] | None = None,
    weights: Sequence[float] | None = None,
    families: Sequence[int] | None = None,
    keys: Sequence[str] | None = None,
    scripts: Sequence[int] | None = None,
    readings: Sequence[tuple[str, ...]] | None = None,
    members: Sequence[tuple[int, ...]] | None = None,
) -> Atoms:
    """A vocabulary with one form an atom; Latin words of the distinctive rest unless told otherwise."""
    count = len(forms)
    return Atoms(
        keys=tuple(keys or [f"rest:{form}" for form in forms]),
        roles=np.array(roles or [Role.REST] * count, dtype=np.int64),
        weights=np.array(weights or [1.0] * count, dtype=np.float64),
        families=np.array(families or [-1] * count, dtype=np.int64),
        scripts=np.array(scripts or [Script.LATIN] * count, dtype=np.int64),
        forms=tuple((form,) for form in forms),
        spellings=tuple((form,) for form in forms),
        readings=tuple(readings or [(form,) if form.isascii() else () for form in forms]),
        members=tuple(members or [()] * count),
    )


def make_profiles(
    atoms: Atoms,
    own: Sequence[Sequence[int]],
    *,
    aside: Sequence[Sequence[int]] | None = None,
    wholes: Sequence[int] | None = None,
    countries: Sequence[str] | None = None,
    folded: Sequence[str] | None = None,
    acronyms: Sequence[tuple[str, ...]] | None = None,
    initials: Sequence[str] | None = None,
    letters: Sequence[tuple[str, ...]] | None = None,
) -> Profiles:
    """Profiles that hold these atoms."""
    count = len(own)
    starts, values = lay_rows(own)
    aside_starts, aside_values = lay_rows(aside or [()] * count)
    texts = tuple(folded or [f"name {row}" for row in range(count)])
    return Profiles(
        atoms=atoms,
        texts=texts,
        folded=texts,
        countries=tuple(countries or [""] * count),
        starts=starts,
        values=values,
        aside_starts=aside_starts,
        aside_values=aside_values,
        families=np.full(count, -1, dtype=np.int64),
        acronyms=tuple(acronyms or [()] * count),
        initials=tuple(initials or [""] * count),
        letters=tuple(letters or [()] * count),
        wholes=np.array(wholes or [-1] * count, dtype=np.int64),
    )


def make_links(links: dict[tuple[int, int], float], spans: dict[tuple[int, int], int] | None = None) -> Links:
    """Links from (asking, answering) and their similarity, sorted as the step sorts them; some through a span."""
    pairs = sorted(links)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    through = np.array([(spans or {}).get(pair, -1) for pair in pairs], dtype=np.int64)
    return Links(ends[:, 0], ends[:, 1], np.array([links[pair] for pair in pairs], dtype=np.float64), through)


def make_scored(pairs: dict[tuple[int, int], tuple[float, bool]]) -> tuple[Candidates, Scores]:
    """Scored pairs in the order given: (left, right) to (probability, vetoed)."""
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    probabilities = np.array([probability for probability, _ in pairs.values()], dtype=np.float64)
    vetoes = np.array([VETO * vetoed for _, vetoed in pairs.values()], dtype=np.int64)
    return Candidates(ends[:, 0], ends[:, 1], ()), Scores(probabilities, vetoes)


def slice_rows(starts: Ints, values: Ints) -> list[list[int]]:
    """CSR as lists again."""
    return [values[start:end].tolist() for start, end in pairwise(starts.tolist())]


def leave_out(text: str, most: int, first: int = 0) -> set[str]:
    """A text and what is left of it without some of its letters, written out."""
    missing = (chosen for count in range(most + 1) for chosen in combinations(range(first, len(text)), count))
    return {"".join(letter for place, letter in enumerate(text) if place not in chosen) for chosen in missing}
