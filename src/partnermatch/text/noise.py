"""What stands around a name and is no part of it: where to write or call, what a form calls its field, what somebody is there."""

from __future__ import annotations

import re

from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA

_MAIL = r"[!#-'*+.\-0-9=?A-Z^-~\u00c0-\u024f]"
_PAGE = "[!#-'*+\\--:=?-~\ufffd]+"
CONTACT = (
    rf"(?:\b[Ee]-?[Mm]ails?\s*:\s*)?(?<!{_MAIL}){_MAIL}{{1,64}}@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\b[Ee]lectronic (?:[Aa]ddress(?:es)?|[Mm]ail)\s*(?::|$)"
    r"|(?<![A-Za-z])(?:[Tt]el|TEL|[Ff]ax|FAX|[Pp]hone)\b[.:：\s]*[(（]?\+?\d[\d\s()（）./‐‑–−－-]{4,}"
    rf"|(?<![A-Za-z])https?://{_PAGE}|(?<![A-Za-z0-9])www\.{_PAGE}"
)
"""A pattern of addresses of mail, which end in a domain (CNRS@CREATE does not), of what announces them, of telephone numbers and
of web pages. Each is looked for only where one may begin: from within a long run of signs that would take long."""
_CONTACT = re.compile(rf"(?:(?<![\s,;.(（])[\s,;.(（]*+|(?<=[\s,;.)）]))(?:{CONTACT})[\s,;.)）]*")
_SIGNS = ("@", "http", "www.", "lectronic ", "Tel", "tel", "TEL", "Fax", "fax", "FAX", "hone")
"""One of which stands in every contact."""
_NUMBERING = re.compile(r"^[(（\[]?\d{1,2}[)）\]]\s*(?=\D)")
_ADDRESS = re.compile(r"\s?(?:〒\s?|(?<![\d‐−ー－-]))\d{3}[‐−ー－-]\d{4}(?![‐−ー－-]?\d)\s*(?:\S*\d(?=\s|$))?")
"""A post code, with the town, street and number behind it; no end of a telephone number."""
_LABEL = re.compile(
    r"^(?:現?所属(?:機関|先|組織|部署)?名?|(?:研究|派遣)?機関名?|現?勤務先|組織名?|会社名|大学名)\s*[:：]\s*"
)
_TITLE = re.compile(
    rf"(?:^|(?<=[{KANJI}{KATAKANA}{HIRAGANA}\s])\s?)"
    r"(?:名誉|特[任命別]|招[聘へい]+|客員|兼任|非常勤|[准助副元前]|上級|主[任席幹]|専[任門](?!学)){0,3}"
    r"(?:教授|講師|助教|助手|教諭|研究員|研究官|総長|理事長|技師"
    r"|(?:^|(?<=[\s副元前誉社構])|(?<=([学校所院館部室課]))(?=\1))[学校所院館部室課]長|(?:^|(?<=[\s副元前])|(?<=センター))センター長"
    r"|(?:(?<=[学校所院館部室課])|(?<=センター))長)"
    r"(?P<behind>[\s・][^\s、，,;；]+(?:\s[^\s、，,;；]+)?)?$"
)
"""What somebody is there, with a name behind it: 東京大学教授 山田太郎. Of 研究所長 the institute is kept."""
_NOBODY = re.compile("大学|学院|学部|学科|学校|専攻|研究|病院|センター|機構|会社|協会|財団|法人|会議|会$")
"""What no name of a person has: 山田太郎 教授 東京大学."""
_TITLE_SIGNS = frozenset("授師助諭員官長")
"""One of which stands in every title."""
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
        kept = _FOOTNOTE.sub("", _leave_out_title(_LABEL.sub("", _ADDRESS.sub(" ", kept).strip())))
    return kept or text


def _leave_out_title(text: str) -> str:
    title = None if _TITLE_SIGNS.isdisjoint(text) else _TITLE.search(text)
    return text if title is None or _NOBODY.search(title["behind"] or "") else text[: title.start()]
