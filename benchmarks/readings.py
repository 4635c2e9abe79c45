"""How often a kanji name is read as its institution writes it in Latin letters or kana, and what a second reader adds.

    pip install pykakasi
    python benchmarks/readings.py

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0): Japanese institutions that have a
kanji name and a name in romaji or kana. A reader is asked for every word of a kanji name that the lexicon does not know.
`right` is the share of these words that it gives a romanization of which the same record writes (the rest is read wrongly
or called something else there); `wrong` are the words of other records that it would also be taken for, per hundred words.
Readers: Sudachi; pykakasi; the readings of single characters (KANJIDIC2).
"""

from __future__ import annotations

import argparse
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from partnermatch.model import Role, Script
from partnermatch.text.fold import fold
from partnermatch.text.kanji import read_characters
from partnermatch.text.lexemes import Lexeme, read_lexemes
from partnermatch.text.romaji import fold_romaji, is_romaji, romanize

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
MIN_LETTERS = 4
"""Letters of a romanization; shorter ones are met by chance."""


class Word(NamedTuple):
    """An unknown word in kanji, and how Sudachi reads it."""

    text: str
    reading: str


Reader = Callable[[Word], set[str]]


def main() -> None:
    """Measure every reader."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dump", type=Path, default=DUMP)
    records = list(read_records(parser.parse_args().dump))
    words = sorted({key for _, truth in records for key in truth})
    asked = sorted({(word, frozenset(truth)) for own, truth in records for word in own}, key=str)
    print(f"{len(records)} institutions, {len(asked)} unknown kanji words, {len(words)} words in romaji")
    sudachi, pykakasi, characters = make_readers(words)
    report("Sudachi", asked, words, sudachi)
    report("pykakasi", asked, words, pykakasi)
    report("characters", asked, words, characters)
    report("Sudachi, pykakasi", asked, words, lambda word: sudachi(word) | pykakasi(word))
    report("Sudachi, characters", asked, words, lambda word: sudachi(word) | characters(word))
    report("all three", asked, words, lambda word: sudachi(word) | characters(word) | pykakasi(word))


def read_records(dump: Path) -> Iterator[tuple[set[Word], set[str]]]:
    """The unknown kanji words of each Japanese institution, and all words in romaji of its other names."""
    with zipfile.ZipFile(dump) as archive:
        institutions = json.loads(archive.read(archive.namelist()[0]))
    for institution in institutions:
        if all(place["geonames_details"]["country_code"] != "JP" for place in institution["locations"]):
            continue
        lexemes = [lexeme for name in institution["names"] for lexeme in read_lexemes(fold(name["value"]))]
        unknown = [lexeme for lexeme in lexemes if lexeme.script == Script.KANJI and lexeme.role == Role.REST]
        truth = {key for lexeme in lexemes if (key := write_romaji(lexeme))}
        if unknown and truth:
            yield {Word(lexeme.text, lexeme.reading) for lexeme in unknown}, truth


def write_romaji(lexeme: Lexeme) -> str:
    """The folded romanization of a word in kana or romaji; empty for any other."""
    word = romanize(lexeme.text) if lexeme.script == Script.KANA else lexeme.text.replace(" ", "")
    key = fold_romaji(word) if lexeme.script == Script.KANA or is_romaji(word) else ""
    return key if len(key) >= MIN_LETTERS and lexeme.role in (Role.REST, Role.PLACE) else ""


def make_readers(words: list[str]) -> tuple[Reader, Reader, Reader]:
    """Sudachi, pykakasi and the single characters: from a word to its folded romanizations."""
    kakasi = import_module("pykakasi").kakasi()
    return (
        lambda word: {fold_romaji(romanize(word.reading))},
        lambda word: {fold_romaji(romanize("".join(item["kana"] for item in kakasi.convert(word.text))))},
        lambda word: set(read_characters(word.text, words)),
    )


def report(name: str, asked: list[tuple[Word, frozenset[str]]], words: list[str], reader: Reader) -> None:
    """Print what a reader gets right and wrong, and how long it takes."""
    known, started = set(words), time.perf_counter()
    found = [reader(word) & known for word, _ in asked]
    seconds = time.perf_counter() - started
    right = sum(bool(keys & truth) for keys, (_, truth) in zip(found, asked, strict=True))
    wrong = sum(len(keys - truth) for keys, (_, truth) in zip(found, asked, strict=True))
    print(
        f"{name:20} right {right / len(asked):.3f} ({right}), wrong {100 * wrong / len(asked):5.1f}, "
        f"{1e6 * seconds / len(asked):4.0f} us a word"
    )


if __name__ == "__main__":
    main()
