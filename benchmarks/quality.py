"""How right the library is on the real list: names and countries only, without a registry.

    python benchmarks/quality.py                     the summary, beside a baseline and the frozen run
    python benchmarks/quality.py --failures 40       and the rows and cases that it gets wrong
    python benchmarks/quality.py --freeze            keep this run as benchmarks/quality.json

Data: ../shared/gold (riken_ki_dev.csv: mentions with their canonical and root entity; hard_cases_dev.csv: pairs by
kind). Where that is absent, the facts in fixtures/: the Japanese and Latin name in one row of the institutions table are
taken to be one institution. No randomness, one process. Baseline: casefold and rapidfuzz's token_set_ratio, pairs at or
above 90 joined.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

import partnermatch as pm
from partnermatch.evaluation import Evaluation

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold"
FACTS = HERE.parent / "fixtures"
FROZEN = HERE / "quality.json"
BASELINE_CUT = 90


def load_mentions() -> pd.DataFrame:
    """Mentions with columns mention, country, canonical_entity, root_entity."""
    if (GOLD / "riken_ki_dev.csv").exists():
        return pd.read_csv(GOLD / "riken_ki_dev.csv", dtype=str, keep_default_na=False)
    facts = pd.read_csv(FACTS / "riken_institutions.csv", dtype=str, keep_default_na=False)
    rows = []
    for fact in facts.to_dict("records"):
        entity = f"line {fact['line']}"
        for mention in (fact["name_ja"], fact["name_latin"]):
            if mention:
                rows.append((mention, fact["country"], entity, entity))
    return pd.DataFrame(rows, columns=["mention", "country", "canonical_entity", "root_entity"])


def load_cases() -> pd.DataFrame:
    """Pairs with columns mention_a, mention_b, same_canonical, kind; empty where the gold is absent."""
    path = GOLD / "hard_cases_dev.csv"
    if path.exists():
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    return pd.DataFrame(columns=["mention_a", "mention_b", "same_canonical", "same_root", "kind", "why"])


def group_by_ratio(mentions: Sequence[str]) -> list[int]:
    """The baseline: names whose token_set_ratio reaches the cut are joined, and so are those they are joined with."""
    folded = [mention.casefold() for mention in mentions]
    alike = process.cdist(folded, folded, scorer=fuzz.token_set_ratio, score_cutoff=BASELINE_CUT) >= BASELINE_CUT
    labels = list(range(len(folded)))
    for row in range(len(folded)):
        for other in alike[row].nonzero()[0]:
            old, new = max(labels[row], labels[other]), min(labels[row], labels[other])
            labels = [new if label == old else label for label in labels]
    return labels


def judge(mentions: pd.DataFrame, canonical: Sequence[Any], root: Sequence[Any]) -> dict[str, Evaluation]:
    """Evaluate both levels."""
    return {
        "canonical": pm.evaluate(list(canonical), list(mentions["canonical_entity"])),
        "root": pm.evaluate(list(root), list(mentions["root_entity"])),
    }


def decide_cases(cases: pd.DataFrame, countries: dict[str, str]) -> pd.DataFrame:
    """Compare each pair with the country that the list gives it, and say which are right."""
    rows = []
    for case in cases.to_dict("records"):
        a, b = case["mention_a"], case["mention_b"]
        found = pm.compare(a, b, country_a=countries.get(a), country_b=countries.get(b))
        right = (found.decision == "match") == (case["same_canonical"] == "yes")
        rows.append({**case, "probability": found.probability, "decision": found.decision, "right": right})
    return pd.DataFrame(rows, columns=[*cases.columns, "probability", "decision", "right"])


def summarize(levels: dict[str, Evaluation], cases: pd.DataFrame) -> dict[str, Any]:
    """The figures of a run, rounded to four digits."""
    figures: dict[str, Any] = {}
    for level, evaluation in levels.items():
        for measure in ("pairwise", "b_cubed"):
            found = getattr(evaluation, measure)
            figures[f"{level} {measure}"] = [round(value, 4) for value in (found.precision, found.recall, found.f1)]
    if len(cases):
        by_kind = cases.groupby("kind")["right"]
        figures["hard cases"] = {kind: [int(right.sum()), len(right)] for kind, right in by_kind}
    return figures


def show(figures: dict[str, Any], baseline: dict[str, Any], frozen: dict[str, Any]) -> None:
    """Print this run beside the baseline and the frozen run."""
    print(f"{'':20} {'P':>7} {'R':>7} {'F1':>7}   {'baseline F1':>11} {'frozen F1':>10}")
    for name, values in figures.items():
        if name != "hard cases":
            kept = frozen.get(name, [float("nan")] * 3)
            numbers = " ".join(f"{value:7.4f}" for value in values)
            print(f"{name:20} {numbers}   {baseline[name][2]:11.4f} {kept[2]:10.4f}")
    for kind, (right, all_of_it) in figures.get("hard cases", {}).items():
        kept = frozen.get("hard cases", {}).get(kind, [0, 0])
        print(f"hard case {kind:14} {right:3d} of {all_of_it:3d} = {right / all_of_it:.2f}   frozen {kept[0]:3d}")


def show_failures(mentions: pd.DataFrame, result: pd.DataFrame, cases: pd.DataFrame, most: int) -> None:
    """Print wrong joins and splits by institution, and the cases that are wrong."""
    found = result.assign(entity=mentions["canonical_entity"].to_numpy())
    shown = 0
    for label, column in (("SPLIT", "entity"), ("JOINED", "canonical_id")):
        other = "canonical_id" if column == "entity" else "entity"
        for key, rows in found.groupby(column, sort=True):
            if rows[other].nunique() > 1 and shown < 2 * most:
                shown += 1
                print(label, key)
                for group, members in rows.groupby(other):
                    print("     ", group, "|", " | ".join(sorted(set(members["mention"]))))
    for case in cases[~cases["right"].astype(bool)].to_dict("records"):
        print(f"CASE {case['kind']} {case['probability']:.3f} same={case['same_canonical']}", end=" ")
        print(f"{case['mention_a']} | {case['mention_b']} | {case['why']}")


def main() -> int:
    """Run, print, and keep if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--failures", type=int, default=0, help="how many failures to print")
    parser.add_argument("--freeze", action="store_true", help="keep this run to compare with")
    options = parser.parse_args()
    mentions, cases = load_mentions(), load_cases()
    started = time.perf_counter()
    result = pm.dedupe(mentions[["mention", "country"]], name="mention", country="country")
    seconds = time.perf_counter() - started
    countries = dict(zip(mentions["mention"], mentions["country"], strict=True))
    decided = decide_cases(cases, countries)
    figures = summarize(judge(mentions, result["canonical_id"], result["root_id"]), decided)
    ratio = group_by_ratio(list(mentions["mention"]))
    baseline = summarize(judge(mentions, ratio, ratio), cases.iloc[:0])
    frozen = json.loads(FROZEN.read_text()) if FROZEN.exists() else {}
    print(f"{len(mentions)} mentions, {mentions['canonical_entity'].nunique()} institutions, {seconds:.1f} s")
    show(figures, baseline, frozen)
    if options.failures:
        show_failures(mentions, result, decided, options.failures)
    if options.freeze:
        FROZEN.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
