"""Is this cell a date, and how is it written without stray blanks?

Contract: a date is a year, perhaps with a month, a fiscal year (1983年度), a bound (1997.6以前) or several of
these with `/` or `~` between. `tidy_date` changes whitespace only: the document's own words stay.
"""

from __future__ import annotations

import re

_ONE = r"(?:18|19|20)\d\d(?:\s*\.(?:\s*\d{1,2})?|\s*年(?:\s*\d{1,2}\s*月)?)?\s*(?:度|年度)?\s*(?:以前|以後|以降|頃)?"
_DATE = re.compile(rf"{_ONE}(?:\s*[/／~～〜]\s*{_ONE})*")
_STRAY_BLANK = re.compile(r"(?<=\d\.)\s+(?=\d)|(?<=\d)\s+(?=\.\s*\d)")


def is_date(cell: str) -> bool:
    """Say whether the whole cell is a date.

    >>> [is_date(cell) for cell in ("2013. 6", "1983年度", "2001. 8 / 2002. 2", "無期限", "2カ国10機関")]
    [True, True, True, False, False]
    """
    return _DATE.fullmatch(cell) is not None


def tidy_date(cell: str) -> str:
    """Take the padding blank out of a date, wherever it stands in the cell.

    >>> tidy_date("A 2007. 3 B 2005.12")
    'A 2007.3 B 2005.12'
    """
    return _STRAY_BLANK.sub("", cell)
