"""Fold a cleaned text to the form that is compared: one spelling of what is one letter.

The order, written down once: NFKC (width, ligatures, ㈱), kanji variants, dashes and long-vowel marks, ways to write one
word (癌, がん), case, accents and foreign scripts to Latin letters. Folding twice is folding once. Names are shown as they
were written, never folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from unidecode import unidecode_expect_nonascii

from partnermatch import lexicon

KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HIRAGANA = "\u3041-\u3096\u309d-\u309f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"

# A dash, or the kanji one, where it can only be a misread long-vowel mark.
_LONG_VOWEL = re.compile(f"(?<=[{KATAKANA}])[\u2010-\u2015\u2212\u2500\u2501\u02d7\u2043\uff70-](?=[{KATAKANA}]|$|\\s)")
_KANJI_ONE = re.compile("(?<=[\u30a1-\u30fa])\u4e00(?=[\u30a1-\u30fa]|$)", re.MULTILINE)
_DASH = re.compile("[\u2010-\u2015\u2212\u2500\u2501\u02d7\u2043\u2e3a\u2e3b]")
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u02bc\u02bb\u0060\u00b4\u2032\u02b9", "'")
_MIDDLE_DOTS = dict.fromkeys("\u00b7\u2022\u2219\u22c5\uff65", "\u30fb")
_KEPT = re.compile(f"[{KANJI}{KATAKANA}{HIRAGANA}{HANGUL}\u30fb\u3000-\u3004\u3008-\u301f]")
_STILL = "\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
"""Kana and kanji that stay what they are, but for those that `_find_change` finds."""
_KEN = re.compile(f"(?<=[{KANJI}])[ヶケがヵカ](?=[{KANJI}])")
_LEGAL_FORMS = {
    "株": "株式会社", "有": "有限会社", "合": "合同会社", "資": "合資会社", "名": "合名会社", "財": "財団法人",
    "社": "社団法人", "学": "学校法人", "独": "独立行政法人", "医": "医療法人", "宗": "宗教法人", "福": "社会福祉法人",
}  # fmt: skip
_LEGAL = re.compile(f"[(]([{''.join(_LEGAL_FORMS)}])[)]")


def fold(text: str) -> str:
    """Fold a cleaned text.

    >>> fold("Ｕｎｉｖｅｒｓｉｔä́t Zürich"), fold("東京大學"), fold("センタ−")
    ('universitat zurich', '東京大学', 'センター')
    """
    if text.isascii():
        return text.lower()
    if not _find_change()(text):
        return text
    for _ in range(4):
        folded = _fold_once(text)
        if folded.isascii():
            return _end_fold(folded)
        if folded == text:
            break
        text = folded
    return text


def fold_all(texts: Sequence[str]) -> list[str]:
    """Fold many cleaned texts, as `fold` does each: to begin anew for each takes longer than its few letters.

    >>> fold_all(["Zürich", "東京大學", "RIKEN"])
    ['zurich', '東京大学', 'riken']
    """
    find_change = _find_change()
    changing = [text for text in texts if not text.isascii() and find_change(text)]
    once = [" ".join(line.split()) for line in _by_lines(_fold_letters, changing)]
    whole = [_end_fold(line) if line.isascii() else fold(line) for line in once]
    folded = dict(zip(changing, whole, strict=True))
    return [text.lower() if text.isascii() else folded.get(text, text) for text in texts]


def _end_fold(ascii: str) -> str:
    """Unidecode gives some letters as an apostrophe of its own."""
    return ascii.replace("`", "'")


def _by_lines(step: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Take one step of the fold with many texts at once."""
    return step("\n".join(texts)).split("\n") if texts else []


def _fold_once(text: str) -> str:
    return " ".join(_fold_letters(text).split())


def _fold_letters(text: str) -> str:
    """One step of the fold but for white space; lines are folded each by itself."""
    text = unicodedata.normalize("NFKC", text).translate(_one_for_another())
    text = _LEGAL.sub(lambda found: _LEGAL_FORMS[found[1]], text)
    text = _KANJI_ONE.sub("ー", _LONG_VOWEL.sub("ー", text))
    text = _KEN.sub("ヶ", _DASH.sub("-", text))
    text = _other_spellings().sub(lambda found: _usual_spellings()[found[0]], text)
    return text.translate(_LATIN).lower()


def has_old_kanji(text: str) -> bool:
    """Whether a kanji is written otherwise than in Japan today: 財團法人, as Taiwan writes.

    >>> has_old_kanji("財團法人"), has_old_kanji("（株）日立")
    (True, False)
    """
    return _fold_kanji(text) != unicodedata.normalize("NFKC", text)


def spell_hangul(text: str) -> str:
    """Hangul in Latin letters.

    >>> spell_hangul("연세")
    'yeonse'
    """
    return str(unidecode_expect_nonascii(text)).lower()


@lru_cache(maxsize=1 << 16)
def fold_kana(token: str) -> str:
    """Fold one Japanese word further, for keys: ヴ to ブ, ヂ to ジ, ヶ to ケ, the last ー dropped."""
    token = _fold_kana_letters(token)
    return token.rstrip("ー") if len(token) > 2 else token


def fold_kana_all(tokens: Sequence[str]) -> list[str]:
    """Fold many Japanese words further, as `fold_kana` does each."""
    return [token.rstrip("ー") if len(token) > 2 else token for token in _by_lines(_fold_kana_letters, tokens)]


def _fold_kana_letters(text: str) -> str:
    for old, new in _KANA:
        if old in text:
            text = text.replace(old, new)
    return text


def to_katakana(text: str) -> str:
    """Hiragana as katakana; anything else as it is."""
    return text.translate(_KATAKANA_OF)


_KATAKANA_OF = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANA = (
    ("ヶ", "ケ"),
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴュ", "ビュ"), ("ヴ", "ブ"),
    ("ヂ", "ジ"), ("ヅ", "ズ"), ("ヱ", "エ"), ("ヰ", "イ"), ("ヲ", "オ"),
)  # fmt: skip


class _ToLatin(dict[int, str]):
    """Accented and foreign letters to Latin ones, worked out once a character by Unidecode.

    Kanji, kana and hangul are left alone: Unidecode would read kanji as Chinese.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code < 128 or _KEPT.match(character):
            latin = character
        elif unicodedata.combining(character) or unicodedata.category(character) == "Cs":  # a lone surrogate
            latin = ""
        else:
            latin = unidecode_expect_nonascii(character)
        self[code] = latin
        return latin


_LATIN = _ToLatin()


@cache
def _one_for_another() -> dict[int, str]:
    """Characters that another stands for: variants of kanji, apostrophes, middle dots."""
    return {ord(old): new for old, new in {**lexicon.variants(), **_APOSTROPHES, **_MIDDLE_DOTS}.items()}


@cache
def _find_change() -> Callable[[str], object]:
    """Finds that a text may not be its own fold: a character that another stands for or may, or another spelling."""
    moved = re.compile(f"[^{_STILL}]|[一ヶケがヵカ{''.join(lexicon.variants())}]").search
    misspelled = _other_spellings().search
    return lambda text: moved(text) or misspelled(text)


@cache
def _usual_spellings() -> dict[str, str]:
    """Other spellings as they stand once the kanji are folded, with the usual ones."""
    return {_fold_kanji(other): _fold_kanji(usual) for other, usual in lexicon.spellings().items()}


@cache
def _other_spellings() -> re.Pattern[str]:
    """Finds them, the longest first; kana only where the word neither begins before nor goes on behind.

    Each way begins with a letter, by which most places of a text are passed over.
    """
    ways = []
    for form in sorted(_usual_spellings(), key=lambda form: (-len(form), form)):
        kana = next((kana for kana in (HIRAGANA, KATAKANA) if re.fullmatch(f"[{kana}]+", form)), "")
        first, rest = form[0], form[1:]
        ways.append(f"{first}(?<![{kana}]{first}){rest}(?![{kana}])" if kana else form)
    return re.compile("|".join(ways))


def _fold_kanji(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_one_for_another())
