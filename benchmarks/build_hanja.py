"""Write lexicon/data/hanja.tsv: how Korean reads a Chinese character, in Latin letters.

    pip install --no-deps hanja pyyaml
    python benchmarks/build_hanja.py

The hangul readings come from the table of the `hanja` package, the new Japanese forms of characters from OpenCC.
Characters are those of JIS X 0208. Byte-identical on rebuild with the same packages. Columns: hanzi, readings
separated by `|`, Revised Romanization first, then the spellings that names of institutions use (慶: gyeong, kyung).
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from itertools import product
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/hanja.tsv"
INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
# fmt: off
VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
          "eu", "ui", "i")
FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
          "t", "t", "k", "t", "p", "t")
# fmt: on
# Other spellings: McCune-Reischauer without marks, and what universities call themselves.
INITIAL_SPELLINGS = {"g": ["k"], "d": ["t"], "b": ["p"], "j": ["ch"], "r": ["l"]}
VOWEL_SPELLINGS = {"eo": ["o", "u"], "yeo": ["yo", "yu", "you"], "u": ["oo"], "eu": ["u"], "wo": ["weo"], "ui": ["eui"]}
# Second readings that names of institutions and places use; the table has one reading a character.
SECOND = {
    "金": "김",
    "樂": "악",
    "楽": "악",
    "北": "북",
    "車": "차",
    "柳": "류",
    "龍": "룡",
    "竜": "룡",
    "女": "여",
    "李": "이",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    table: dict[str, str] = importlib.import_module("hanja.table").hanja_table
    to_old = importlib.import_module("opencc").OpenCC("jp2t")
    lines = [
        "# Built by benchmarks/build_hanja.py from the hanja package's table and OpenCC. Do not edit.",
        "# hanzi\treadings",
    ]
    for character in jis_characters():
        hangul = [table.get(str(to_old.convert(character)), ""), table.get(character, ""), SECOND.get(character, "")]
        readings = dict.fromkeys(reading for syllable in hangul if syllable for reading in spell_syllable(syllable))
        if readings:
            lines.append(f"{character}\t{'|'.join(readings)}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def jis_characters() -> list[str]:
    """The kanji of JIS X 0208, levels 1 and 2, in code point order."""
    found = []
    for row, cell in product(range(0x30 + 0x80, 0x74 + 0x81), range(0xA1, 0xFF)):
        try:
            found.append(bytes((row, cell)).decode("euc_jp"))
        except UnicodeDecodeError:
            continue
    return sorted(found)


def spell_syllable(syllable: str) -> list[str]:
    """The spellings of one hangul syllable, Revised Romanization first.

    >>> spell_syllable("경")
    ['gyeong', 'gyong', 'gyung', 'gyoung', 'kyeong', 'kyong', 'kyung', 'kyoung']
    >>> spell_syllable("리"), spell_syllable("녀")
    (['ri', 'li', 'i'], ['nyeo', 'nyo', 'nyu', 'nyou', 'yeo', 'yo', 'yu', 'you'])
    """
    rest, final = divmod(ord(syllable) - 0xAC00, 28)
    initial, vowel = (INITIALS[rest // 21], VOWELS[rest % 21])
    initials = [initial, *INITIAL_SPELLINGS.get(initial, []), *initial_sound(initial, vowel)]
    vowels = [vowel, *VOWEL_SPELLINGS.get(vowel, [])]
    return [first + second + FINALS[final] for first, second in product(initials, vowels)]


def initial_sound(initial: str, vowel: str) -> list[str]:
    """What an r or n becomes at the beginning of a word: 梨花 is ihwa, 老 no."""
    if initial in {"r", "n"} and vowel[0] in "yi":
        return [""]
    return ["n"] if initial == "r" else []


if __name__ == "__main__":
    main()
