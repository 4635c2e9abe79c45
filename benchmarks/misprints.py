"""How often a Japanese name with a wrong character is found by its letters, and one that the registry lacks is taken for such.

What the confidence of `partnermatch.misprints` rests on.

    python benchmarks/misprints.py                      the figures
    python benchmarks/misprints.py --failures 20        and so many names that are taken for another's
    python benchmarks/misprints.py --index out/ror.pmindex

Names: those in Japanese script of institutions in Japan, in two halves drawn with seed 7; the confidence is that of the first, and
the second is printed beside it.

    misprints       each name with a character left out and with one wrong, as benchmarks/written_otherwise.py writes them, of which
                    those count that `resolve` does not answer without this last way
    lacking         each name as it stands, with its institution left out of the names that it is looked up among
    share           of right answers, where so many names that the registry lacks are asked for one misprint

Registry: all 51,370 records of ../shared/data/ror-subset-schema-v2.zip.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from random import Random

from affiliations import DUMP
from known_names import Known, list_japanese
from ways_of_writing import drop_one, replace_one

import partnermatch as pm
from partnermatch.misprints import find_misprints
from partnermatch.registry import Registry
from partnermatch.settings import ScoreSettings, Settings, TextSettings

SEED = 7
PER_MISPRINT = (1, 5, 10, 15, 20)
"""Names that the registry lacks, for one misprint."""


def list_missed(names: Sequence[Known], registry: Registry) -> list[Known]:
    """The names with a character left out or wrong that nothing else answers."""
    drawn = [
        known._replace(name=text)
        for known in names
        for way in (drop_one, replace_one)
        if (text := way(known.name, Random(f"{SEED} {way.__name__} {known.name}"))) not in ("", known.name)
    ]
    without = Settings(scores=ScoreSettings(unseen=1.0))
    answers = pm.resolve([known.name for known in drawn], registry, settings=without, workers=2)["canonical_id"]
    return [known for known, answer in zip(drawn, answers, strict=True) if not answer]


def report(label: str, names: Sequence[Known], registry: Registry, failures: int) -> None:
    """Print the figures of some names."""
    missed, settings = list_missed(names, registry), TextSettings()
    found = find_misprints([known.name for known in missed], registry, settings).tolist()
    right = sum(row == known.row for row, known in zip(found, missed, strict=True))
    wrong = sum(row not in (known.row, -1) for row, known in zip(found, missed, strict=True))
    rows = [known.row for known in names]
    others = find_misprints([known.name for known in names], registry, settings, rows).tolist()
    taken = [(known.name, registry.display_names[row]) for known, row in zip(names, others, strict=True) if row >= 0]
    print(f"{label}: misprints {len(missed)}  right {right / len(missed):.3f}  otherwise {wrong}")
    print(f"    lacking {len(names)}  answered {len(taken) / len(names):.4f}")
    rate, false, bad = right / len(missed), len(taken) / len(names), wrong / len(missed)
    print("    share " + "  ".join(f"{many}: {rate / (rate + bad + many * false):.3f}" for many in PER_MISPRINT))
    for name, other in taken[:failures]:
        print(f"    {name}, answered {other}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--failures", type=int, default=0, metavar="K", help="print K names that are taken for another's"
    )
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    options = parser.parse_args(arguments)
    registry = Registry.from_ror(DUMP, index=options.index or False)
    current = [known._replace(row=int(registry.current_rows[known.row])) for known in list_japanese(registry)]
    names = sorted(known for known in current if registry.statuses[known.row] != "withdrawn")
    mixed = Random(SEED).sample(names, len(names))
    for label, own in (("first half", mixed[::2]), ("second half", mixed[1::2])):
        report(label, own, registry, options.failures)


if __name__ == "__main__":
    main()
