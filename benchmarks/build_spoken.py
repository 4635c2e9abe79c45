"""Build the table of how the lexicon's Japanese words sound: デンシ and denshi stand for 電子, electron.

    python benchmarks/build_spoken.py                writes src/partnermatch/lexicon/data/spoken.tsv (a few seconds)

Data: words.tsv, kinds.tsv and expansions.tsv of this library, read by Sudachi; words in kana are only given in Latin
letters (senta, horudingusu). Left out are single kanji of fewer than MIN_KANA kana, words in kana of fewer than
MIN_LOANWORD letters, sounds that stand for more than MAX_MEANINGS concepts, and sounds that the lexicon has as forms. Run
it again after those files have changed. No randomness.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from partnermatch.text.fold import KANJI, fold_kana
from partnermatch.text.phrases import phrases
from partnermatch.text.romaji import romanize
from partnermatch.text.segment import segment

OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/spoken.tsv"
MIN_KANA = 3
MIN_LETTERS = 4
MIN_LOANWORD = 5
MAX_MEANINGS = 4
DIRECTIONS = frozenset("東西南北")
ROLES = ("topic:", "kind:", "qualifier:")
HEADER = """# The lexicon's Japanese words as they sound, in katakana and in Latin letters. Do not edit.
# Written by benchmarks/build_spoken.py from words.tsv, kinds.tsv and expansions.tsv, read by Sudachi.
# sound\tmeanings
"""
_KANJI = re.compile(f"[{KANJI}]")


def spellings(reading: str) -> Iterator[str]:
    """Ways to write a reading: katakana, and Hepburn with long vowels spelled, dropped or as oh.

    >>> list(spellings("ケンキュウ")), list(spellings("コウギョウ"))[1:]
    (['ケンキュウ', 'kenkyuu', 'kenkyu'], ['kougyou', 'kogyo', 'kohgyoh'])
    """
    latin = romanize(reading).replace("-", "")
    short = latin.replace("ou", "o").replace("oo", "o").replace("uu", "u")
    ways = [fold_kana(reading)]
    if len(latin) >= MIN_LETTERS:
        ways += [latin, short, latin.replace("ou", "oh")]
    yield from dict.fromkeys(ways)


def kanji_spellings(form: str) -> Iterator[str]:
    """Ways to write how a form with kanji is read."""
    reading = "".join(word.reading for word in segment(form))
    if len(reading) >= MIN_KANA or (len(form) > 1 and len(reading) > 1) or form in DIRECTIONS:
        yield from spellings(reading)


def kana_spellings(form: str) -> Iterator[str]:
    """Ways to write a form in kana in Latin letters."""
    latin = (spelling for spelling in spellings(form) if spelling.isascii())
    yield from (spelling for spelling in latin if len(spelling) >= MIN_LOANWORD and spelling.isalpha())


def main(arguments: Sequence[str] | None = None) -> None:
    """Build and write."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    forms = phrases()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, meaning in forms.japanese.items():
        if all(key.startswith(ROLES) for key in meaning.concepts):
            for spelling in kanji_spellings(form) if _KANJI.search(form) else kana_spellings(form):
                found[spelling].update(meaning.concepts)
    rows = [
        f"{sound}\t{'|'.join(sorted(meanings))}\n"
        for sound, meanings in sorted(found.items())
        if len(meanings) <= MAX_MEANINGS and sound not in forms.japanese and sound not in forms.latin
    ]
    OUT.write_text(HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
