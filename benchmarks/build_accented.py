"""List the accented words of the registry's names, by which letters are put back that an encoding could not write.

    python benchmarks/build_accented.py                writes src/partnermatch/lexicon/data/accented.tsv
    python benchmarks/build_accented.py --evaluate     how many words are put back right, each without its own institution

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0), every name. A word is a run of letters, some
of them Latin ones beyond ASCII, in small letters; it is listed where names of LEAST institutions have it, and of several words
of which the same is left in ASCII only the one that most institutions have.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_rarity import load_records

from partnermatch.text.lost_letters import leave_out_letters

OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/accented.tsv"
LEAST = 2
HEADER = """# Words with letters beyond ASCII that names of {least} institutions of the Research Organization Registry (CC0) have.
# Written by benchmarks/build_accented.py; of words of which the same is left in ASCII, the commonest.
# word\tinstitutions
"""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("(?=.*[a-z])[a-z\u00df-\u024f\u1e00-\u1eff]*")


def count_words(records: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """How many institutions have each accented word in their names."""
    counts: Counter[str] = Counter()
    for record in records:
        counts.update({word for name in record["names"] for word in list_words(name["value"])})
    return counts


def list_words(name: str) -> Iterator[str]:
    """The accented words of a name."""
    for word in _WORD.findall(unicodedata.normalize("NFC", name).lower()):
        if not word.isascii() and _LATIN.fullmatch(word):
            yield word


def find_commonest(counts: Mapping[str, int]) -> dict[str, str]:
    """The word of which most is known, for each that is left in ASCII; of equals the first in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST:
            found[leave_out_letters(word)].append(word)
    return {left: min(words, key=lambda word: (-counts[word], word)) for left, words in found.items()}


def evaluate(counts: Counter[str]) -> None:
    """Print what becomes of each word of each institution where the names of that institution are not counted."""
    listed = find_commonest(counts)
    answers: Counter[str] = Counter()
    for word, count in counts.items():
        left = leave_out_letters(word)
        rivals = {other: counts[other] - (other == word) for other in {word, listed.get(left, word)}}
        answer = find_commonest(rivals).get(left, "")
        answers["right" if answer == word else "otherwise" if answer else "not at all"] += count
    total = answers.total()
    print(
        f"{total} words of institutions: " + ", ".join(f"{label} {n / total:.3f}" for label, n in answers.most_common())
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, and write or evaluate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--evaluate", action="store_true", help="print how many words are put back right")
    options = parser.parse_args(arguments)
    counts = count_words(load_records())
    if options.evaluate:
        evaluate(counts)
        return
    rows = sorted((word, counts[word]) for word in find_commonest(counts).values())
    OUT.write_text(HEADER.format(least=LEAST) + "".join(f"{word}\t{n}\n" for word, n in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
