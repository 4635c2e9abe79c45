"""The library without the Japanese names of institutions that the lexicon lists one by one: what it makes of all others."""

from __future__ import annotations

from unittest.mock import patch

from partnermatch import lexicon


def leave_out_listed() -> None:
    """Leave out japanese_names.tsv, and second names in Japanese, from here on; nothing may have been read before.

    Raises:
        RuntimeError: the lexicon is loaded.
    """
    if lexicon.short_forms.cache_info().currsize:
        raise RuntimeError("The lexicon is loaded, and has the listed names.")
    latin = {known: tuple(filter(str.isascii, others)) for known, others in lexicon.second_names().items()}
    patch.object(lexicon, "japanese_names", lambda: ()).start()
    patch.object(lexicon, "second_names", lambda: latin).start()
