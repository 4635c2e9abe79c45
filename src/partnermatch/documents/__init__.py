"""Readers of two real documents: RIKEN's list of international cooperation and Karolinska Institutet's page on Japan.

Contract: a reader takes the document's whole text and answers with a `Reading` (records, unplaced, notes). It raises
`InputError` where the text is blank or is not the document that the reader is for, and nothing else for any string.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from partnermatch.documents.ki_page import read_ki_page
from partnermatch.documents.reading import Reading
from partnermatch.documents.riken_agreements import read_riken_agreements
from partnermatch.documents.riken_centres import read_riken_centres
from partnermatch.documents.riken_institutions import read_riken_institutions

READERS: Mapping[str, Callable[[str], Reading]] = MappingProxyType(
    {
        "riken-agreements": read_riken_agreements,
        "riken-institutions": read_riken_institutions,
        "riken-centres": read_riken_centres,
        "ki-page": read_ki_page,
    }
)

__all__ = [
    "READERS",
    "Reading",
    "read_ki_page",
    "read_riken_agreements",
    "read_riken_centres",
    "read_riken_institutions",
]
