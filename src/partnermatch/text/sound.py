"""Spell words as they sound, in one alphabet for every script, and give them keys by which words that sound alike meet.

A spelling is a string of ASCII symbols. Where katakana and Latin letters agree there is one symbol for both (`K`, `M`);
where a Latin letter is read by turns (ch, th, j, soft c and g, z, s, w, v) it has a symbol of its own, a digit, whose
costs say how it is read; and what one side leaves out is weak, in lower case: the vowels that katakana adds (`u` in
ブラウン `BuRAuN`), the second vowel of a diphthong, a silent e, r behind a vowel. How nearly two spellings sound alike is
said by text/sound_distance.py.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

from partnermatch.text.romaji import to_hepburn

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZaeioukghnrstwy-123456789"
MAX_BONES = 12
"""Consonants of a long word that it is found by."""


class Origin(IntEnum):
    """What a reading in Latin letters was made from."""

    LATIN = 0
    """A word as it is written, in any language."""
    KANA = 1
    """Romanized kana, which spells more plainly than the languages of Europe."""
    CHARACTERS = 2
    """Pinyin, Wade-Giles or Korean, from characters."""


# The first rule that fits decides; what stands behind (?=) and (?<=) is letters, not symbols.
_LATIN_RULES = (
    # beginnings
    ("^mc(?=[gkcq])", "MA"), ("^mc", "MAK"), ("^wr", "R"), ("^kn", "kN"), ("^ps(?=[aeiouy])", "7"), ("^x", "X"),
    # German, Polish, Nordic, English hushes; Hungarian sz
    ("schtsch", "XC"), ("tz?sch|zsch|tch|tsj|cz", "C"), ("dsch", "J"), ("sch|sh|skj|sj(?=[aeiou])", "X"), ("sz", "S"),
    ("tj", "C"), ("(?<=[^s])tion", "XoN"),
    # c, ch
    ("cch", "K"), ("ch(?=[rl])", "K"), ("(?<=te)ch(?=$|n)", "K"), ("ch", "1"),
    ("cc(?=[eiy])", "K5"), ("sc(?=[eiy])", "S"), ("c(?=[eiy])", "5"), ("c?k+|cq(?!u)|c+", "K"),
    # h behind a consonant
    ("ph", "F"), ("t?th", "2"), ("hs(?=[iu])", "X"),
    # affricates, z, j
    ("t[sz]", "Q"), ("dj|dg(?=[ei])", "J"), ("dz", "Z"), ("z[hs]", "J"), ("zz", "Q"), ("z+", "6"),
    ("ij(?=[^aeiouy]|$)", "Ei"), ("hj", "Y"), ("j+", "3"),
    # g, n, and Italian gn, gli
    ("ng(?=[aeiouyrlw])", "NG"), ("ng", "Ng"), ("gli(?=[aeou])", "LY"), ("gn(?=[aeiou])", "Ny"), ("gn$", "N"),
    ("(?<![aeiouy])gh|gh(?=[aeiou])", "G"), ("gh", "h"), ("gu(?=[eiy])", "Gw"), ("g(?=[eiy])", "4"), ("g+", "G"),
    ("qu", "Kw"), ("q+", "C"), ("x+", "KS"),
    # w, v, y
    ("ey$", "I"), ("wh", "8"), ("(?<=[aeiou])w(?![aeiouy])", "u"), ("w+", "8"), ("v+", "9"),
    ("(?<![aeiouy])y(?=[aeou])", "y"), ("y(?=[aeiou])", "Y"), ("(?<=[aeiou])y+", "i"), ("y+", "I"),
    # s, t, r, h
    ("ss+", "S"), ("s$", "s"), ("s", "7"), ("t$", "t"), ("t+", "T"),
    ("rh?r*h?(?=[aeiouy])", "R"), ("(?<=[aeiouy])r+h?", "r"), ("rh?", "R"),
    ("h(?=[aeiouy])(?<![bdkgt]h)", "H"), ("h", "h"),
    # plain consonants, doubled or not
    ("(?<=.)m+(?=[bp])", "N"), ("m+", "M"), ("n+", "N"), ("d+", "D"), ("l+", "L"), ("b+", "B"), ("p+", "P"), ("f+", "F"),
    # vowels
    ("eau", "O"), ("ee", "I"), ("oo", "U"), ("aa", "A"), ("ii+", "I"), ("uu+", "U"), ("(?<=[^aeiouy])e(?=s?$)", "e"),
    ("(?<=[aeo])i", "i"), ("(?<=[aeo])u", "u"), ("(?<=[aioue])e", "e"), ("(?<=[eo])a", "a"),
    ("a", "A"), ("e", "E"), ("i", "I"), ("o", "O"), ("u", "U"),
)  # fmt: skip
# Letters that two ways of writing read so differently that no cost covers both; each gives a second spelling.
_RIVALS = (
    (re.compile("x"), "sh"),  # pinyin, Basque, Catalan
    (re.compile("gn"), "gghn"),  # German, English: Regnitz
    (re.compile("kh"), "h"),  # Russian, Arabic, Persian: Kharkov
    (re.compile("burgh$"), "bara"),  # Edinburgh, but Pittsburgh
    (re.compile("ey$"), "ei"),  # Berkeley, but Surrey
)


@lru_cache(maxsize=1 << 18)
def spell(reading: str, *, origin: Origin) -> tuple[str, ...]:
    """The ways a reading may sound, the likeliest first; none for what has no letters.

    >>> spell("buraun", origin=Origin.KANA), spell("brown", origin=Origin.LATIN)
    (('BuRAuN',), ('BROuN',))
    >>> spell("xiamen", origin=Origin.LATIN), spell("regnitz", origin=Origin.LATIN)
    (('XIAMEN',), ('RENyIQ', 'REGhNIQ'))
    """
    if origin == Origin.KANA:
        spelled = _spell_kana(_NO_LETTER.sub("", reading.lower()))
        return (spelled,) if spelled else ()
    word = _NO_LETTER.sub("", reading.lower()).replace("-", "")
    if origin == Origin.CHARACTERS:
        return (_spell_latin(_HARD_G.sub("gh", word.replace("x", "sh"))),) if word else ()
    words = [word, *(rival.sub(letters, word) for rival, letters in _RIVALS), to_hepburn(word)]
    return tuple(dict.fromkeys(_spell_latin(word) for word in dict.fromkeys(words) if word))


def _spell_latin(word: str) -> str:
    return _latin_pattern().sub(lambda found: _LATIN_RULES[int(found.lastindex or 1) - 1][1], word)


@cache
def _latin_pattern() -> re.Pattern[str]:
    # An empty group behind each rule says which one fitted; one around it would hide the letter that the rule begins with.
    return re.compile("|".join(f"(?:{letters})()" for letters, _ in _LATIN_RULES))


def _spell_kana(romaji: str) -> str:
    for pattern, letters in _KANA_RULES:
        romaji = pattern.sub(letters, romaji)
    symbols: list[str] = []
    for place, letter in enumerate(romaji):
        before = symbols[-1] if symbols else ""
        weak = before and _is_weak(before, letter, last=place == len(romaji) - 1)
        symbols.append(letter if weak else letter.upper())
    return "".join(symbols)


def _is_weak(before: str, letter: str, *, last: bool) -> bool:
    """Whether katakana adds the letter, or it glides: u behind most consonants, the second vowel of a diphthong."""
    return (
        before in _WEAK_BEHIND.get(letter, "")
        or (letter in "iaoe" and before == "H" and last)
        or (letter in "aiueo" and letter.upper() == before.upper())
    )


def list_bones(spelled: str) -> list[tuple[str, int]]:
    """What spellings of one name nearly always share, whole or with letters missing.

    The consonants in nine rough classes, of which one may be missing where there are five or more, and two of eight or
    more; of four consonants or fewer also consonants and rough vowels behind a `/`, one of which may be missing. A letter
    that is read in two classes gives both.

    Returns:
        Texts, each with how many of its letters may be missing; a `/` never is.

    >>> list_bones("SARI-"), list_bones("BuRAuNSuTEIN")
    ([('/SaRe', 1)], [('PRNSTN', 1)])
    """
    found: dict[tuple[str, int], None] = {}
    for voiced in _rough(spelled):
        bones = _DOUBLE.sub(r"\1", _ROUGH_VOWEL.sub("", voiced))[:MAX_BONES]
        if len(bones) >= 3:
            found[bones, 2 if len(bones) >= 8 else 1 if len(bones) >= 5 else 0] = None
        if len(bones) <= 4:
            found[f"/{voiced}", 1] = None
    return list(found)


def _rough(spelled: str) -> list[str]:
    """Rough classes, doubles as one; at most four variants where letters are read in two classes."""
    variants = [spelled.translate(_ROUGH)]
    for letter, classes in _TWO_CLASSES.items():
        if letter in variants[0]:
            variants = [variant.replace(letter, rough) for variant in variants[:2] for rough in classes]
    return [_DOUBLE.sub(r"\1", variant) for variant in variants]


def count_consonants(spelled: str) -> int:
    """Consonants that are heard in every language; a word with fewer than two tells nothing by its sound."""
    return sum(symbol in _HEARD for symbol in spelled)


_HARD_G = re.compile("g(?=[eiy])")
_NO_LETTER = re.compile("[^a-z-]+")
_DOUBLE = re.compile(r"(.)\1+")
_KANA_RULES = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("n+(?=m)", ""), (r"([^aeiou-])\1+", r"\1"), ("t(?=ch|ts)", ""), ("-+", "-"),
        ("ch", "c"), ("ts", "q"), ("sh", "x"),
    )
)  # fmt: skip
_WEAK_BEHIND = {
    "u": "KGSZBPFMRVNHQXAEOaeo", "o": "TD", "i": "CXJKAEOaeo", "y": "KGNBPMRDTHFVS", "w": "KG",
}  # fmt: skip
_ROUGH_VOWEL = re.compile("[ae]")
_TWO_CLASSES = {"1": "SK", "2": "ST", "4": "SK", "C": "ST", "3": ("S", "")}
_HEARD = frozenset("BCDFGJKLMNPQRSTVXZ1234567t9")
_ROUGH = {
    ord(symbol): rough
    for rough, symbols in (
        ("P", "BPV9F"), ("T", "TDt"), ("K", "KG"), ("S", "SZXJQ567s"), ("M", "M"), ("N", "N"), ("R", "RL"),
        ("a", "AO"), ("e", "EI"), ("", "HWYU8aeiourhgnkwy-"),
    )
    for symbol in symbols
}  # fmt: skip
