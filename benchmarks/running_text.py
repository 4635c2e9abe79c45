"""How well institutions are found in running text: acknowledgements, biographies, news and pages in which they are named.

    python benchmarks/running_text.py                     the figures, a row a file of passages
    python benchmarks/running_text.py --cross-validate    the same, each passage by weights learned without its fold
    python benchmarks/running_text.py --failures 40       and mentions that are missed or answered wrongly
    python benchmarks/running_text.py --thresholds        and precision and recall by where the line is drawn
    python benchmarks/running_text.py --index out/ror.pmindex

Passages: fixtures/running_text, written by hand for this, in which every name of an organization is a link to its ROR id, or to `-`
where the registry has none. Those of `seen` were read while extraction was made, those of `held` were not.
Registry: all 51,370 records of ../shared/data/ror-subset-schema-v2.zip.

Measures: a mention that is found is right if it overlaps a written one of the same institution; precision over what is found,
recall over what is written and in the registry. `spans` is how many of the right ones begin and end as the written one does.
`none kept`: organizations that the registry has not, and that are not taken for another. Calibration error: ten bins.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from affiliations import BINS, DUMP

import partnermatch as pm
from partnermatch.extraction.mention import Mention
from partnermatch.registry import Registry
from partnermatch.settings import Settings

FOLDER = Path(__file__).parents[1] / "fixtures/running_text"
_LINK = re.compile(r"\[([^\[\]]+)\]\(([0-9a-z]{9}|-)\)")
HERE = "https://ror.org/"
LINES = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Written(NamedTuple):
    """An organization that a passage names.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        id: its institution; empty where the registry has none.
    """

    start: int
    end: int
    id: str


class Passage(NamedTuple):
    """A text and what it names."""

    text: str
    written: tuple[Written, ...]


class Judged(NamedTuple):
    """What was found in some passages.

    Attributes:
        found: each mention with the place of its passage.
        right: whether each is.
        exact: whether its offsets are, too.
        missed: what is written and was not found, with the place of its passage.
        wanted: how many are written and in the registry.
        absent: how many are not, and how many of them are left alone.
        kept: see `absent`.
    """

    found: list[tuple[int, Mention]]
    right: list[bool]
    exact: list[bool]
    missed: list[tuple[int, Written]]
    wanted: int
    absent: int
    kept: int


def read_passages(path: Path) -> list[Passage]:
    """The passages of a file: a line each, behind a heading."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    return [_read_passage(line) for line in lines]


def _read_passage(line: str) -> Passage:
    text, written, behind = "", [], 0
    for link in _LINK.finditer(line):
        text += line[behind : link.start()]
        written.append(Written(len(text), len(text) + len(link[1]), "" if link[2] == "-" else HERE + link[2]))
        text += link[1]
        behind = link.end()
    return Passage(text + line[behind:], tuple(written))


def judge(passages: Sequence[Passage], found: Sequence[Sequence[Mention]], registry: Registry) -> Judged:
    """What is right of what was found."""
    judged = Judged([], [], [], [], 0, 0, 0)
    absent = kept = wanted = 0
    for place, (passage, mentions) in enumerate(zip(passages, found, strict=True)):
        named = [lead_on(own, registry) for own in passage.written]
        for mention in mentions:
            same = [own for own in named if own.id == mention.canonical_id and overlap(own, mention.start, mention.end)]
            judged.found.append((place, mention))
            judged.right.append(bool(same))
            judged.exact.append(any((own.start, own.end) == (mention.start, mention.end) for own in same))
        for own in named:
            beside = [mention for mention in mentions if overlap(own, mention.start, mention.end)]
            wanted, absent = wanted + bool(own.id), absent + (not own.id)
            kept += not own.id and not beside
            if own.id and own.id not in [mention.canonical_id for mention in beside]:
                judged.missed.append((place, own))
    return judged._replace(wanted=wanted, absent=absent, kept=kept)


def lead_on(own: Written, registry: Registry) -> Written:
    """The mention with the institution that a withdrawn one has become."""
    row = registry.find(own.id) if own.id else -1
    if own.id and row < 0:
        raise SystemExit(f"The registry has no {own.id}: correct the passages.")
    return own._replace(id=registry.ids[int(registry.current_rows[row])]) if own.id else own


def overlap(own: Written, start: int, end: int) -> bool:
    """Whether a stretch overlaps what is written."""
    return own.start < end and start < own.end


def describe(judged: Judged) -> str:
    """The figures of some passages, as a line."""
    right, said = sum(judged.right), len(judged.right)
    found = judged.wanted - len(judged.missed)
    precision, recall = right / max(1, said), found / max(1, judged.wanted)
    chances = np.array([mention.probability for _, mention in judged.found])
    return (
        f"mentions {judged.wanted:4}  P {precision:.3f}  R {recall:.3f}  "
        f"F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}  spans {sum(judged.exact) / max(1, right):.3f}  "
        f"none kept {judged.kept}/{judged.absent}  ECE {measure_calibration(chances, np.array(judged.right)):.3f}"
    )


def measure_calibration(chances: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error of some probabilities."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return float(sum(abs(chances[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def draw_line(found: Sequence[Sequence[Mention]], least: float) -> list[list[Mention]]:
    """The mentions that are so likely."""
    return [[mention for mention in mentions if mention.probability >= least] for mentions in found]


def list_failures(passages: Sequence[Passage], judged: Judged, registry: Registry) -> Iterator[str]:
    """A line for each mention that is missed or answered wrongly."""
    for place, own in judged.missed:
        name = registry.display_names[registry.find(own.id)]
        yield f"missed {_show(passages[place].text, own.start, own.end)}: {name}"
    for (place, mention), right in zip(judged.found, judged.right, strict=True):
        if not right:
            name = registry.display_names[registry.find(mention.canonical_id)]
            yield f"wrong  {_show(passages[place].text, mention.start, mention.end)}: {name} {mention.probability:.2f}"


def _show(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", type=int, default=0, metavar="K", help="print so many failures a file")
    parser.add_argument("--cross-validate", action="store_true", help="learn anew without each fold")
    parser.add_argument("--thresholds", action="store_true", help="print precision and recall by probability")
    parser.add_argument("--only", metavar="WORD", default="", help="files whose name has it: seen, held, latin")
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    options = parser.parse_args(arguments)
    registry = Registry.from_ror(DUMP, index=options.index or False)
    settings = Settings()
    low = replace(settings, scores=replace(settings.scores, extract=LINES[0]))
    find = _extract_by_fold(registry) if options.cross_validate else partial(pm.extract, registry=registry)
    for path in sorted(FOLDER.glob("*.md")):
        if options.only not in path.stem:
            continue
        passages = read_passages(path)
        judged = judge(passages, [find(passage.text) for passage in passages], registry)
        print(f"{path.stem:16} passages {len(passages)}  {describe(judged)}", flush=True)
        if options.thresholds:
            more = [find(passage.text, settings=low) for passage in passages]
            for least in LINES:
                print(f"    from {least:.2f}  {describe(judge(passages, draw_line(more, least), registry))}")
        for line in list(list_failures(passages, judged, registry))[: options.failures]:
            print(f"    {line}")


def _extract_by_fold(registry: Registry) -> Callable[..., list[Mention]]:
    """Extraction of a passage, by weights that were learned without its fold."""
    learning = importlib.import_module("fit_extraction")
    learned = learning.fit_folds(learning.load_examples(learning.load_passages(), registry))

    def find(text: str, settings: Settings | None = None) -> list[Mention]:
        with learning.learned_of(learned[learning.fold_of(text)]):
            return pm.extract(text, registry, settings=settings)

    return find


if __name__ == "__main__":
    main()
