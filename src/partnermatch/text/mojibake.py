"""Mojibake put right: text that was read in another encoding than it was written in.

UTF-8 is strict: what is UTF-8, all of it, in the bytes of another encoding was written so and read in that one. What Japan wrote
before is told by the characters that names have. Of ROR's names that are read as Windows-1252, -1250 and -1251 all but two
are put right, of those read as Shift JIS .96; ftfy 6.3 puts .992, .826, .333 and none right (`benchmarks/mojibake.py --ftfy`).
Neither changes one that was not misread. For what was lost on the way see `lost_letters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

_ANY, _LATIN, _KANJI = range(0xC2, 0xF0), (*range(0xC2, 0xC9), 0xCC), range(0xE3, 0xEA)
"""Bytes with which a letter begins in UTF-8: any, an accented one or an accent, a kana or kanji."""
_BEHIND = range(0x80, 0xC0)
"""Bytes that go on with it."""
_SOME = (*_LATIN, 0xD0, 0xD1, 0xE2)
_LETTERWISE = {"cp1252": _ANY, "cp1250": _ANY, "cp1251": _ANY, "mac_roman": _SOME, "cp850": _SOME}
"""Encodings as which UTF-8 is read, a letter for each byte, with the first bytes that are told."""
_PAIRWISE = ("cp932", "gbk")
"""The same of Japan and China, a character for two bytes."""
_BEFORE = ("cp932", "euc_jp")
"""What Japan wrote before UTF-8; it is read as Windows-1252."""
_OFTEN = (
    "大学研究所院国立株式会社法人財団協病機構日本道府県市町庁東京科高等専門工業技術医療総合中央試験場"
    "いうきくけしょんイクシスタトリルンー"
)
"""Characters of which nearly every name in Japanese has two."""
MIN_OFTEN, MIN_FOREIGN = 2, 0.3
"""So many of them, in a text of which such a share is not ASCII, tell what was written."""
_UNLIKELY = re.compile(
    "[\x80-\x9f\u0250-\u0258\u025a-\u02af\ue000-\uf8ff]|(?<=[A-Za-z])[\u0590-\u08ff]|[\u0590-\u08ff](?=[A-Za-z])"
    "|(?<=[A-Z]{2})\u0259"
)
"""Controls, phonetic letters (the Azerbaijani one behind capitals), private ones, Latin beside Arabic: CAFÉ®, NESTLÉ™, VÚŽV."""
_MAY_BE = re.compile("[^\x00-\x7f]{2}|(?<=[a-z])Ã|(?<=[A-Za-z])[^\x00-\u02ff]")
"""Without that no text was misread; it is found in less time."""
_LOST_SPACE = re.compile("(?<=[a-z])Ã(?= |$)")
"""An à whose second byte, a space that does not break, has become one that does: UniversitÃ di Roma."""


def mend_mojibake(text: str) -> str:
    """A text as it was written, where it is certain that it was misread; otherwise the text itself.

    >>> mend_mojibake("UniversitÃ¤t ZÃ¼rich"), mend_mojibake("譚ｱ莠ｬ螟ｧ蟄ｦ"), mend_mojibake("“Œ‹ž‘åŠw")
    ('Universität Zürich', '東京大学', '東京大学')
    >>> mend_mojibake("Universität Zürich"), mend_mojibake("東京大学")
    ('Universität Zürich', '東京大学')
    """
    while mended := (_read_utf8(text) or _read_japanese(text)) if _MAY_BE.search(text) else "":
        text = mended  # which is shorter: what was misread twice is two bytes for each of two bytes
    return text


def _read_utf8(text: str) -> str:
    """A text that was written as UTF-8; nothing where it was not, or was read as that."""
    if not _find_misread().search(text):
        return ""
    spaced = _LOST_SPACE.sub("Ã\xa0", text)
    for encoding in _LETTERWISE:
        if mended := _decode(_as_bytes(spaced, encoding), "utf-8"):
            return mended
    for encoding in _PAIRWISE:
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if mended := _decode(data, "utf-8"):
            return mended
    return ""


def _read_japanese(text: str) -> str:
    """A text that was written in an encoding of Japan; nothing where it was not, or was read as that."""
    if len(text) - len(text.encode("ascii", errors="ignore")) < MIN_FOREIGN * len(text):
        return ""
    for encoding in _BEFORE:
        if len(_find_often(encoding).findall(text)) >= MIN_OFTEN:
            return _decode(_as_bytes(text, "cp1252"), encoding)
    return ""


def _decode(data: bytes, encoding: str) -> str:
    """Bytes as text, nothing where they are none in this encoding or say what no name does."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if _UNLIKELY.search(text) else text


def _as_bytes(text: str, encoding: str) -> bytes:
    """A text in an encoding, letter by letter; nothing where it has another letter than those."""
    letters = _list_bytes(encoding)
    try:
        return bytes([letters[letter] for letter in text])
    except KeyError:
        return b""


@cache
def _list_letters(encoding: str) -> list[str]:
    """[256] the letter of each byte; a control where the encoding leaves it undefined."""
    return [bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in range(256)]


@cache
def _list_bytes(encoding: str) -> Mapping[str, int]:
    """The byte of each letter; of a control the one that Latin-1 has."""
    letters = {letter: byte for byte, letter in enumerate(_list_letters(encoding))}
    return {chr(byte): byte for byte in range(0x80, 0xA0)} | letters


@cache
def _find_misread() -> re.Pattern[str]:
    """Finds what an encoding makes of the bytes with which a letter of UTF-8 begins."""
    ways = ["(?<=[a-z])Ã(?= |$)"]
    for encoding, first in _LETTERWISE.items():
        begin, behind = (
            re.escape("".join(letter for letter, byte in _list_bytes(encoding).items() if byte in own))
            for own in (first, _BEHIND)
        )
        ways.append(f"[{begin}][{behind}]")
    for encoding in _PAIRWISE:
        begin, behind, accented = (
            _list_pairs(encoding, *pair) for pair in ((_KANJI, _BEHIND), (_BEHIND, _KANJI), (_LATIN, _BEHIND))
        )
        ways.append(f"[{begin}][{behind}]|(?<=[A-Za-z])[{accented}]|[{accented}][^\x00-\x7f][a-z]")
    return re.compile("|".join(ways))


def _list_pairs(encoding: str, first: Iterable[int], second: Iterable[int]) -> str:
    """The characters of an encoding whose bytes are some of these, for a pattern; also those that are the first alone."""
    found = [bytes([one, two]).decode(encoding, errors="ignore") for one in first for two in second]
    return re.escape("".join(sorted(set("".join(found)))))


@cache
def _find_often(encoding: str) -> re.Pattern[str]:
    """Finds what Windows-1252 makes of the characters that Japanese names have."""
    letters = _list_letters("cp1252")
    misread = ["".join([letters[byte] for byte in character.encode(encoding)]) for character in _OFTEN]
    return re.compile("|".join(map(re.escape, misread)))
