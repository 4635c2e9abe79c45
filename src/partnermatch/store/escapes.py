r"""Any text as one that every database holds: without NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 lacks.

Tabs are escaped too, so that two texts with a tab between them can be told apart again.
"""

from __future__ import annotations

import re

_TO_ESCAPE = re.compile("[\\\\\0\t\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:(?P<short>[0t\\])|u(?P<code>d[0-9a-f]{3}))")
_SHORT = {"\\": "\\\\", "\0": "\\0", "\t": "\\t"}
_LONG = {escaped[1]: plain for plain, escaped in _SHORT.items()}


def escape(text: str) -> str:
    r"""The same text, fit for a database.

    >>> escape("a\tb\\")
    'a\\tb\\\\'
    """
    return _TO_ESCAPE.sub(lambda met: _SHORT.get(met[0]) or f"\\u{ord(met[0]):04x}", text)


def unescape(text: str) -> str:
    r"""The text that was escaped.

    >>> unescape(escape("a\0\ud800")) == "a\0\ud800"
    True
    """
    return _ESCAPED.sub(lambda met: _LONG[met["short"]] if met["short"] else chr(int(met["code"], 16)), text)
