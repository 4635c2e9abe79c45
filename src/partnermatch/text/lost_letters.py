"""Letters that an encoding could not write, put back where the word is known: Universit? de Montr?al.

What no word tells becomes one mark for the letters that are missing, over which words are read: Jagiello?ski.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from partnermatch import lexicon

LOST = "\ufffd"
"""The replacement character of Unicode: it stands for letters that could not be read; for one or several in a row, here."""
_WORD = re.compile(rf"[^\W\d_]*(?:[?{LOST}]+[^\W\d_]*)+")
_RUN = re.compile(rf"[?{LOST}]+")
_BEYOND = re.compile("[^\x00-\x7f]+")
_SEAM = re.compile(rf"(?<=[a-z])[?{LOST}]+(?=[A-Z])")
"""What was a dash or a space: Paris?Sud."""


def restore_letters(text: str) -> str:
    """A text with the accented letters that question marks stand for.

    >>> restore_letters("Universit? de Montr??al"), restore_letters("?COLE NATIONALE SUP?RIEURE")
    ('Université de Montréal', 'ÉCOLE NATIONALE SUPÉRIEURE')
    >>> restore_letters("Paris?Sud, Jagiello?ski"), restore_letters("Why? 3? ???")
    ('Paris Sud, Jagiello\ufffdski', 'Why? 3? ???')
    """
    if "?" not in text and LOST not in text:
        return text
    return _WORD.sub(_restore_word, _SEAM.sub(" ", text))


def leave_out_letters(word: str) -> str:
    """What is left of a word that is written in ASCII.

    >>> leave_out_letters("fédération"), leave_out_letters("educação")
    ('f\ufffdd\ufffdration', 'educa\ufffdo')
    """
    return _BEYOND.sub(LOST, word)


def _restore_word(found: re.Match[str]) -> str:
    written = found[0]
    word = _known_words().get(_RUN.sub(LOST, written.lower()), "")
    if not word:
        inside = _RUN.split(written)[-1] and _RUN.split(written)[0]
        return _RUN.sub(LOST, written) if inside else written
    if written.isupper() and len(written) > 2:
        return word.upper()
    return word.capitalize() if written[0].isupper() or not written[0].isalpha() else word


@cache
def _known_words() -> Mapping[str, str]:
    """Accented words by what is left of them in ASCII."""
    return {leave_out_letters(word): word for word in lexicon.accented()}
