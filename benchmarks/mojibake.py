"""How many names that were read in another encoding than they were written in are put right, and how many others are changed.

    python benchmarks/mojibake.py                the figures, a row a pair of encodings
    python benchmarks/mojibake.py --failures 5   and so many names of each that are not put right
    python benchmarks/mojibake.py --ftfy         and of ftfy (pip install ftfy==6.3.1) beside them

Names: every one of ../shared/data/ror-subset-schema-v2.zip that is not ASCII; those in Japanese script alone where an old
encoding of Japan was written. A pair in which a name cannot be written, read, or is read as it is, leaves it out. Unchanged: names
of the registry and strings of ../shared/data/affiliations_dev.csv that stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from build_rarity import load_records
from ways_of_writing import misread

from partnermatch.text.affiliations import is_japanese
from partnermatch.text.mojibake import mend_mojibake

AFFILIATIONS = Path(__file__).parents[2] / "shared/data/affiliations_dev.csv"
PAIRS = [
    *(("utf-8", read) for read in ("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp850", "cp932", "gbk")),
    *((written, "cp1252") for written in ("cp932", "euc_jp")),
]


def load_names() -> list[str]:
    """Names that are not ASCII, sorted."""
    return sorted(
        {name["value"] for record in load_records() for name in record["names"] if not name["value"].isascii()}
    )


def measure(mend: Callable[[str], str], failures: int) -> None:
    """Print what becomes of names that are misread, and of names and strings that are not."""
    names = load_names()
    for written, read in PAIRS:
        own = names if written == "utf-8" else list(filter(is_japanese, names))
        pairs = [(name, text) for name in own if (text := misread(name, written, read)) not in ("", name)]
        wrong = [(name, text) for name, text in pairs if mend(text) != name]
        print(f"{written:7s} read as {read:10s} {len(pairs):6d}  put right {1 - len(wrong) / len(pairs):.4f}")
        for name, text in wrong[:: len(wrong) // failures + 1 if failures else len(wrong) + 1]:
            print(f"    {name}: {text!r}")
    with AFFILIATIONS.open(encoding="utf-8", newline="") as file:
        strings = [row["affiliation"] for row in csv.DictReader(file)]
    for label, texts in (("names", names), ("affiliations", [text for text in strings if not text.isascii()])):
        changed = [text for text in texts if mend(text) != text]
        print(f"{label} as they are: {len(texts)}, changed {len(changed)}", *map(repr, changed[:failures]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the library, and ftfy if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print so many names of each row")
    parser.add_argument("--ftfy", action="store_true", help="measure ftfy, too")
    options = parser.parse_args(arguments)
    measure(mend_mojibake, options.failures)
    if options.ftfy:
        print("ftfy")
        measure(importlib.import_module("ftfy").fix_encoding, options.failures)


if __name__ == "__main__":
    main()
