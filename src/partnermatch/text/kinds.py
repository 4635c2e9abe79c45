"""The families of kinds of organization (education, research, health) by number, as columns hold them."""

from __future__ import annotations

from functools import cache

from partnermatch import lexicon


def family_number(key: str) -> int:
    """Number of the family of a kind, by its atom key; -1 for what is no kind.

    >>> family_number("kind:college") == family_number("kind:university") >= 0, family_number("topic:physics")
    (True, -1)
    """
    return _families().get(key, -1)


@cache
def _families() -> dict[str, int]:
    """Numbers of families by the keys of kinds; a legal form has none."""
    kinds = lexicon.kinds().values()
    families = sorted({kind.family for kind in kinds})
    return {f"kind:{kind.name}": families.index(kind.family) for kind in kinds if kind.level != "legal"}
