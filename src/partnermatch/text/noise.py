"""What stands around a name and is no part of it: where to write or call, what a form calls its field, what somebody is there."""

from __future__ import annotations

import re

from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA

CONTACT = (
    r"(?:\b[Ee]-?[Mm]ails?\s*:\s*)?[^\s,;<>()]+@\s?[\w-]+(?:\.[\w-]+)+"
    r"|\b[Ee]lectronic (?:[Aa]ddress(?:es)?|[Mm]ail)\b\s?:?"
    r"|\b(?:[Tt]el|[Ff]ax|[Pp]hone)\b[.:\s]*\+?\d[\d\s()./-]{4,}"
    r"|\bhttps?://\S+|\bwww\.\S+"
)
"""A pattern of addresses of mail, of what announces them, of telephone numbers and of web pages."""
_CONTACT = re.compile(rf"[\s,;.(]*(?:{CONTACT})[\s,;.)]*")
_SIGNS = ("@", "http", "www.", "lectronic ", "Tel", "tel", "Fax", "fax", "hone")
"""One of which stands in every contact."""
_NUMBERING = re.compile(r"^[(（\[]?\d{1,2}[)）\]]\s*(?=\D)")
_ADDRESS = re.compile(r"〒?\s?\d{3}[-‐−ー]\d{4}\s*(?:\S*\d+(?:[-‐−ー]\d+)*(?=\s|$))?")
"""A post code, with the town, street and number behind it."""
_LABEL = re.compile(
    r"^(?:現?所属(?:機関|先|組織|部署)?名?|(?:研究|派遣)?機関名?|現?勤務先|組織名?|会社名|大学名)\s*[:：]\s*"
)
_TITLE = re.compile(
    rf"(?<=[{KANJI}{KATAKANA}{HIRAGANA}\s])\s*"
    r"(?:名誉|特[任命別]|招[聘へい]+|客員|兼任|非常勤|[准助副元前]|上級|主[任席幹]|専[任門])*"
    r"(?:教授|講師|助教|助手|教諭|研究員|研究官|学長|校長|所長|院長|館長|総長|理事長|部長|室長|課長|センター長|技師)"
    r"(?:[\s・][^\s、，,;；]+(?:\s[^\s、，,;；]+)?)?$"
)
"""What somebody is there, with a name behind it: 東京大学教授 山田太郎."""


_FOOTNOTE = re.compile(r"(?:(?<=大学|病院|学会|協会|機構|財団|会社|学部)|(?<=研究所|研究科)|(?<=センター))[1-9]\)?$")


def leave_out_noise(text: str) -> str:
    """A cleaned text without what is no part of a name; the text itself where nothing else is in it.

    >>> leave_out_noise("CERN, Geneva. Electronic address: a.b@example.org"), leave_out_noise("a.b@example.org")
    ('CERN, Geneva', 'a.b@example.org')
    >>> leave_out_noise("CNRS@CREATE Singapore")
    'CNRS@CREATE Singapore'
    >>> leave_out_noise("所属：東京大学教授 山田太郎"), leave_out_noise("〒113-8655 東京都文京区本郷7-3-1 東京大学")
    ('東京大学', '東京大学')
    """
    kept = _NUMBERING.sub("", text)
    if any(sign in text for sign in _SIGNS):
        kept = _CONTACT.sub(", ", kept).strip(" ,")
    if not text.isascii():
        kept = _FOOTNOTE.sub("", _TITLE.sub("", _LABEL.sub("", _ADDRESS.sub(" ", kept).strip())))
    return kept or text
