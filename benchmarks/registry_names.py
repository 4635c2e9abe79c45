"""Names that institutions of a registry are shown by, as strings that say nothing else: some to learn from, others to be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from partnermatch.registry import Registry
from partnermatch.text.affiliations import is_japanese

ONE_OF = 20
"""One name of so many is learned from."""


class Shown(NamedTuple):
    """A name, the row of the institution that is shown by it, and whether it is learned from."""

    name: str
    row: int
    learned: bool


def list_shown(registry: Registry) -> Iterator[Shown]:
    """The names in other scripts than Japanese that institutions are shown by; withdrawn ones are left out."""
    for name, row, kind in zip(registry.texts, registry.owners.tolist(), registry.kinds, strict=True):
        if kind == "display" and registry.statuses[row] != "withdrawn" and not is_japanese(name):
            digest = hashlib.sha1(name.encode("utf-8", "surrogatepass")).hexdigest()
            yield Shown(name, row, int(digest, 16) % ONE_OF == 0)
