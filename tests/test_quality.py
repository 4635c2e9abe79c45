"""The quality benchmark: it runs where the gold is absent, and its figures are right on a table small enough to see."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from cases import FIXTURES

import partnermatch as pm

SCRIPT = FIXTURES.parent / "benchmarks" / "quality.py"


@pytest.fixture
def quality(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """The script as a module, with no gold beside it and nothing frozen."""
    spec = importlib.util.spec_from_file_location("quality", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(module, "FROZEN", tmp_path / "quality.json")
    yield module


def make_mentions(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(mention, "", entity, entity) for mention, entity in rows],
        columns=["mention", "country", "canonical_entity", "root_entity"],
    )


def test_without_the_gold_the_facts_of_the_list_are_the_mentions(quality: ModuleType) -> None:
    mentions = quality.load_mentions()
    facts = pd.read_csv(FIXTURES / "riken_institutions.csv", dtype=str, keep_default_na=False)
    names = [name for fact in facts.to_dict("records") for name in (fact["name_ja"], fact["name_latin"]) if name]
    assert mentions["mention"].tolist() == names
    assert list(mentions) == ["mention", "country", "canonical_entity", "root_entity"]
    assert mentions["canonical_entity"].nunique() <= len(facts)
    assert len(quality.load_cases()) == 0


def test_the_gold_is_read_where_it_lies(quality: ModuleType) -> None:
    gold = Path(quality.GOLD)
    gold.mkdir()
    make_mentions(("東京大学", "u")).to_csv(gold / "riken_ki_dev.csv", index=False)
    assert quality.load_mentions().to_dict("list")["mention"] == ["東京大学"]


def test_the_baseline_joins_what_its_ratio_reaches_and_goes_on_from_there(quality: ModuleType) -> None:
    names = ["Kyoto University", "kyoto university", "University of Tokyo", "Tokyo University", "東京大学"]
    assert quality.group_by_ratio(names) == [0, 0, 2, 2, 4]
    assert quality.group_by_ratio(["Alpha Beta", "Alpha Beta Gamma", "Gamma Alpha"]) == [0, 0, 0]


def test_both_levels_are_judged(quality: ModuleType) -> None:
    mentions = make_mentions(("a", "x"), ("b", "x"), ("c", "y"))
    levels = quality.judge(mentions, ["1", "1", "2"], ["1", "1", "1"])
    assert levels["canonical"].pairwise.f1 == 1.0
    assert (levels["root"].pairwise.precision, levels["root"].pairwise.recall) == (pytest.approx(1 / 3), 1.0)


def test_cases_are_right_where_the_decision_is_that_of_the_gold(quality: ModuleType) -> None:
    columns = ["mention_a", "mention_b", "same_canonical", "same_root", "kind", "why"]
    rows = [
        ("東京大学", "Univ. of Tokyo", "yes", "yes", "script", ""),
        ("東京大学", "京都大学", "no", "no", "place", ""),
        ("東京大学", "京都大学", "yes", "yes", "place", ""),
    ]
    decided = quality.decide_cases(pd.DataFrame(rows, columns=columns), {})
    assert decided["right"].tolist() == [True, True, False]
    figures = quality.summarize({}, decided)
    assert figures == {"hard cases": {"place": [1, 2], "script": [1, 1]}}


def test_the_whole_run_is_printed_and_frozen(
    quality: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["quality.py", "--freeze", "--failures", "1"])
    assert quality.main() == 0
    shown = capsys.readouterr().out
    figures = json.loads(Path(quality.FROZEN).read_text())
    assert sorted(figures) == ["canonical b_cubed", "canonical pairwise", "root b_cubed", "root pairwise"]
    assert all(f"{figures[name][2]:7.4f}" in shown for name in figures)
    assert figures["canonical pairwise"][2] > 0.7


def test_the_library_beats_the_baseline_on_the_facts(quality: ModuleType) -> None:
    mentions = quality.load_mentions()
    answer = pm.dedupe(mentions[["mention", "country"]], name="mention", country="country")
    found = quality.judge(mentions, answer["canonical_id"], answer["root_id"])["canonical"]
    ratio = quality.group_by_ratio(list(mentions["mention"]))
    baseline = quality.judge(mentions, ratio, ratio)["canonical"]
    assert found.b_cubed.f1 > baseline.b_cubed.f1 + 0.1
    assert found.pairwise.f1 > baseline.pairwise.f1 + 0.1
