"""Count how many of the registry's names use each word, and how many institutions each country has: what many share tells little.

    python benchmarks/build_rarity.py                writes rarity.tsv and country_sizes.tsv in src/partnermatch/lexicon/data

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0), every name but acronyms. A word is
counted by its atom key, once a name; words in fewer than LEAST names are left out and count as rare. A country is that of
an institution's first location.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from partnermatch.settings import TextSettings
from partnermatch.text.names import read_name, telling

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/rarity.tsv"
SIZES = OUT.with_name("country_sizes.tsv")
LEAST = 12
HEADER = """# How many of {names} names in the Research Organization Registry (CC0; 51,370 records) use each word.
# Written by benchmarks/build_rarity.py; words in fewer than {least} names are left out.
# word\tnames
"""
SIZES_HEADER = """# How many institutions of the Research Organization Registry (CC0; 51,370 records) are in each country.
# Written by benchmarks/build_rarity.py.
# country\tinstitutions
"""


def load_records() -> list[dict[str, Any]]:
    """Every record."""
    with zipfile.ZipFile(DUMP) as archive:
        records: list[dict[str, Any]] = json.loads(archive.read(archive.namelist()[0]))
    return records


def list_names(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Every name of every record that is not an acronym."""
    for record in records:
        yield from (name["value"] for name in record["names"] if "acronym" not in name["types"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and write."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    counts: Counter[str] = Counter()
    records = load_records()
    names = sorted(set(list_names(records)))
    settings = TextSettings()
    for text in names:
        parts = read_name(text, settings).parts
        lexemes = telling((*parts.own, *parts.whole, *(word for unit in parts.unit for word in unit)))
        counts.update({key for lexeme in lexemes for key in lexeme.keys})
    rows = sorted((key, count) for key, count in counts.items() if count >= LEAST and "\t" not in key)
    body = "".join(f"{key}\t{count}\n" for key, count in rows)
    sizes = Counter(
        record["locations"][0]["geonames_details"]["country_code"] for record in records if record["locations"]
    )
    SIZES.write_text(SIZES_HEADER + "".join(f"{code}\t{sizes[code]}\n" for code in sorted(sizes)), encoding="utf-8")
    OUT.write_text(HEADER.format(names=f"{len(names):,}", least=LEAST) + body, encoding="utf-8")


if __name__ == "__main__":
    main()
