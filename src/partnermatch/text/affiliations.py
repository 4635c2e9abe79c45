"""Read an affiliation string: its words with their meanings, and the parts that commas, brackets and the like cut it into.

An affiliation holds several names, units, places, countries and things that are none of these (e-mail addresses, post
codes, footnote numbers). Nothing is decided here about what is an institution; that depends on who asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from partnermatch.model import Role
from partnermatch.settings import TextSettings
from partnermatch.text.abbreviations import find_short, plain_words, spell_all
from partnermatch.text.clean import clean
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA, fold, fold_all
from partnermatch.text.lexemes import Lexeme, read_lexemes_all
from partnermatch.text.names import find_capitals
from partnermatch.text.noise import CONTACT
from partnermatch.text.phrases import phrases
from partnermatch.text.sections import CLOSING, OPENING

_NOISE = re.compile(
    CONTACT + r"|(?<![\w.])\d{1,2}(?=[A-Z][a-z])"  # footnote numbers: 2Department
    r"|(?<=[a-z]{3})\d{1,2}(?![\w.-])"  # University1
    r"|\b(?:[Cc]urrent|[Pp]resent)(?:ly)?\s(?:address|affiliation|at|with)\b\s?:?",  # whose institution it is now
    re.ASCII,
)
_NUMBERED = re.compile(r"^(\W*\d{1,2}\W?)\s(?=[A-Z])")
"""A footnote number that stands apart from what it is of, or the beginning of a name: 1 Decembrie 1918 University."""
_BREAKS = re.compile("#(?:N|R|TAB)#")
"""Line breaks and tabs that some exports write out."""
_MARK = r"[,;|/()\[\]:、。，；｜／（）]"
_BORDER = re.compile(rf"(?:{_MARK}| - |–|—)(?:\s*{_MARK})*")
_ENCLOSED = re.compile(r"\s*[\[(][^\[\]()]*[\])]\s*")
"""A bracket around everything sets nothing apart."""
_RUN_TOGETHER = re.compile(r"(?<![^\W\d_])[^\W\d_]*[^\W\d_A-Z][A-Z][^\W\d_]{2,}|[A-Z]{3,}[^\W\d_A-Z]{3,}")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_]{2})|(?<=[A-Z]{2})(?=[A-Z][^\W\d_A-Z]{3})")
LONG_WORD = 6
"""Letters from which a word in small letters is none that begins a name, as in bioMérieux."""
_CODE = re.compile(r"\b[A-Z]{2,3}\b")
_JAPANESE = re.compile(f"[{KANJI}{KATAKANA}{HIRAGANA}\u3231-\u3247\u3291-\u32b0]")
"""With signs that hold a kanji, as those of legal forms: ㈱ABC."""
AT_ONCE = 128
"""Strings that take a step together: 32 to 500 are read in 70% of the time of one by one."""
_SILENT = (Role.MARK, Role.STOP, Role.LEGAL)
_INITIALS = re.compile(r"(?:[a-z](?:\. ?| ))+")
"""Initials with what stands behind each: M.D., T. J."""


class Token(NamedTuple):
    """A word or short form that says something.

    Attributes:
        start: offset of its first character in the folded text.
        end: offset behind its last.
        keys: what it means; a short form has those of its full name.
        part: number of the part that it stands in.
        level: of a kind of organization, as in kinds.tsv; empty for everything else.
        bracketed: whether it stands in brackets.
        capitals: whether it is written in capitals.
        before: function words between it and the token before: of, and.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    part: int
    level: str
    bracketed: bool
    capitals: bool
    before: tuple[str, ...]


class Affiliation(NamedTuple):
    """A string that was read.

    Attributes:
        text: cleaned, as it was written but for words that were run together.
        folded: folded; the offsets of tokens are into this.
        tokens: in order.
        codes: words of two or three capitals, which may be codes of states.
        short: words that are abbreviations here without their full stop.
    """

    text: str
    folded: str
    tokens: tuple[Token, ...]
    codes: frozenset[str]
    short: frozenset[str]

    def words(self, first: int, last: int) -> str:
        """The words from one token to another, spelled out and without marks."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return plain_words(self.folded[start : end + (self.folded[end : end + 1] == ".")], self.short)

    def written(self, first: int, last: int) -> str:
        """The same as it was written, where folding kept the length; folded otherwise."""
        source = self.text if len(self.text) == len(self.folded) else self.folded
        return source[self.tokens[first].start : self.tokens[last].end]


def read_affiliation(value: object, settings: TextSettings) -> Affiliation:
    """Read any value as an affiliation; without tokens where nothing can be read.

    >>> found = read_affiliation("1Dept. of Physics, Univ. of Tokyo, Tokyo (Japan)", TextSettings())
    >>> [(found.written(place, place), token.part) for place, token in enumerate(found.tokens)]
    [('Dept', 1), ('Physics', 1), ('Univ', 2), ('Tokyo', 2), ('Tokyo', 3), ('Japan', 4)]
    """
    return read_affiliations([value], settings)[0]


def read_affiliations(values: Sequence[object], settings: TextSettings) -> list[Affiliation]:
    """Read many values, as `read_affiliation` does each."""
    portions = [values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE)]
    return [read for portion in portions for read in _read_portion(portion, settings)]


def _read_portion(values: Sequence[object], settings: TextSettings) -> list[Affiliation]:
    """Read some values, all of them one step before any of them the next, as `read_names` does and for the same reason."""
    cleaned = [clean(_BREAKS.sub(" ", value) if isinstance(value, str) else value, settings).text for value in values]
    composed = [unicodedata.normalize("NFC", text) for text in cleaned]  # a letter and its accent are one letter
    wholes = [_RUN_TOGETHER.sub(_part_words, text) for text in composed]
    texts = [_NUMBERED.sub(r"\1,", _NOISE.sub(lambda found: "," * len(found[0]), whole)) for whole in wholes]
    folded = fold_all(texts)
    capitals = [frozenset(word for part in _BORDER.split(text) for word in find_capitals(part)) for text in texts]
    short = [find_short(text) for text in texts]
    spelled = [spell_all(text, own) for text, own in zip(folded, short, strict=True)]
    lexemes = read_lexemes_all([text for text, _ in spelled], capitals, translated=False)
    for place, (text, places) in enumerate(spelled):
        if text != folded[place]:
            lexemes[place] = [
                replace(lexeme, start=places[lexeme.start], end=places[lexeme.end - 1] + 1) for lexeme in lexemes[place]
            ]
    return [
        Affiliation(whole, own, _read_tokens(own, whole, words, found), frozenset(_CODE.findall(text)), words_short)
        for whole, text, own, words, found, words_short in zip(
            wholes, texts, folded, capitals, lexemes, short, strict=True
        )
    ]


def _part_words(found: re.Match[str]) -> str:
    """Words that lost the space between them, where one side is a kind or function word: MacauUniversity, andTechnology.

    A function word begins with a small letter; the other kind is a part of a name: LaTrobe, DaLian. A long word in small
    letters is no part of a name: addressGoogle.
    """
    pieces = _HUMP.split(found[0])
    known = phrases().latin
    meant = [known.get(fold(piece)) for piece in pieces]
    seams = [
        (meaning is not None and (meaning.role == "kind" or (meaning.role == "stop" and piece[0].islower())))
        or (piece.islower() and len(piece) >= LONG_WORD)
        for piece, meaning in zip(pieces, meant, strict=True)
    ]
    joined = pieces[0]
    for place, piece in enumerate(pieces[1:], start=1):
        joined += (" " if seams[place - 1] or seams[place] else "") + piece
    return joined


def is_japanese(text: str) -> bool:
    """Whether a text has a kanji or a kana.

    >>> is_japanese("東京 Tokyo"), is_japanese("Tōkyō")
    (True, False)
    """
    return bool(_JAPANESE.search(text))


def _read_tokens(folded: str, written: str, capitals: frozenset[str], lexemes: Sequence[Lexeme]) -> tuple[Token, ...]:
    source = written if len(written) == len(folded) else ""
    borders = [found.start() for found in _BORDER.finditer(folded)]
    tokens: list[Token] = []
    before: list[str] = []
    outside = int(_ENCLOSED.fullmatch(folded) is not None)
    depth = part = 0
    for lexeme in _read_ends(source, _join_initials(folded, lexemes)):
        if lexeme.role == Role.MARK:
            depth = max(0, depth + (lexeme.text in OPENING) - (lexeme.text in CLOSING))
        if lexeme.role in _SILENT:
            before.append(lexeme.text)
            continue
        while part < len(borders) and borders[part] < lexeme.start:
            part += 1
        shouted = source[lexeme.start : lexeme.end].isupper() if source else lexeme.text in capitals
        token = Token(
            lexeme.start, lexeme.end, lexeme.keys, part, lexeme.level, depth > outside, shouted, tuple(before)
        )
        before.clear()
        if tokens and tokens[-1].start == lexeme.start:  # a short form is several lexemes
            first = tokens.pop()
            token = first._replace(keys=first.keys + token.keys, level=first.level or token.level)
        tokens.append(token)
    return tuple(tokens)


def _read_ends(source: str, lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """Read a function word that ends its part with a capital as a name: Universidade do Estado do Pará."""
    read = list(lexemes)
    for place, lexeme in enumerate(lexemes):
        ends = place + 1 == len(lexemes) or lexemes[place + 1].role == Role.MARK
        if lexeme.role == Role.STOP and ends and len(lexeme.text) > 1 and source[lexeme.start : lexeme.end].istitle():
            read[place] = replace(lexeme, keys=(f"rest:{lexeme.text}",), roles=(Role.REST,), role=Role.REST)
    return read


def _join_initials(folded: str, lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """Put initials together, whatever stands between them: M. D. Anderson, M.D. Anderson and MD Anderson."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        before = joined[-1] if joined else None
        if not _is_initial(folded, lexeme):
            joined.append(lexeme)
        elif before and before.role == Role.REST and _INITIALS.fullmatch(folded[before.start : lexeme.start]):
            text = before.text + lexeme.text
            joined[-1] = replace(before, text=text, end=lexeme.end, keys=(f"rest:{text}",))
        else:
            joined.append(replace(lexeme, keys=(f"rest:{lexeme.text}",), roles=(Role.REST,)))
    return joined


def _is_initial(folded: str, lexeme: Lexeme) -> bool:
    """Whether this is a letter by itself, with a full stop if it would be a function word: S. N. Bose, T. J Watson."""
    if lexeme.end - lexeme.start != 1 or not lexeme.text.isascii() or not lexeme.text.isalpha():
        return False
    return lexeme.role == Role.REST or (lexeme.role == Role.STOP and folded[lexeme.end : lexeme.end + 1] == ".")
