"""Names against a registry: the right institution, in both scripts, or none; whatever the order."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.cli import main
from partnermatch.errors import SettingsError
from partnermatch.settings import TextSettings
from partnermatch.tables import CANDIDATE_COLUMNS, RESOLVE_COLUMNS
from partnermatch.text.affiliations import read_affiliation

FIXTURES = Path(__file__).parents[1] / "fixtures"
PARTNERS = pd.DataFrame(
    [
        ("tokyo", "University of Tokyo", "JP"),
        ("kyoto", "Kyoto University", "JP"),
        ("kyoto", "京都大学", "JP"),
        ("ki", "Karolinska Institutet", "SE"),
        ("tsinghua", "Tsinghua University", "CN"),
        ("mcgill", "McGill University", "CA"),
        ("nih-us", "National Institutes of Health", "US"),
        ("nih-kr", "National Institute of Health", "KR"),
        ("bare", "…", "JP"),
    ],
    columns=["id", "name", "country"],
)
REGISTRY = pm.Registry.from_table(PARTNERS, id="id", name="name", country="country")
ASKED = pd.DataFrame(
    [
        ("東京大学大学院理学系研究科", "JP", "tokyo"),
        ("Dept. of Physics, Kyoto Univ.", "JP", "kyoto"),
        ("カロリンスカ研究所", "SE", "ki"),
        ("清華大学 免疫研究所", "CN", "tsinghua"),
        ("マギル大学", "CA", "mcgill"),
        ("Universidad de Buenos Aires", "AR", ""),
        ("", "JP", ""),
        ("---", None, ""),
    ],
    columns=["name", "country", "truth"],
)


def test_each_name_finds_its_institution_or_none() -> None:
    answer = pm.resolve(ASKED, REGISTRY, name="name", country="country")
    assert answer["canonical_id"].tolist() == ASKED["truth"].tolist()
    assert list(answer.columns) == [*ASKED.columns, *RESOLVE_COLUMNS]
    assert answer["decision"].tolist() == ["match"] * 5 + ["none"] * 3
    assert answer["reason"].tolist()[-2:] == ["empty", "no_words"]


@pytest.mark.parametrize("asked", ["ストックホルム大学", "Stockholm University"])
def test_a_name_means_the_institution_that_needs_no_words_beside_it(asked: str) -> None:
    rows = [
        ("a", "Östersjöcentrum", "SE"),
        ("a", "Östersjöcentrum, Stockholms Universitet", "SE"),
        ("su", "Stockholms Universitet", "SE"),
        ("su", "Stockholm University", "SE"),
    ]
    registry = pm.Registry.from_table(
        pd.DataFrame(rows, columns=["id", "name", "country"]), id="id", name="name", country="country"
    )
    assert pm.resolve([asked], registry)["canonical_id"].tolist() == ["su"]


def test_candidates_are_listed_best_first_whatever_the_decision() -> None:
    answer = pm.resolve(["National Institute of Health"], REGISTRY, candidates=3)
    ids = answer["candidate_ids"].iloc[0].split(";")
    scores = [float(score) for score in answer["candidate_scores"].iloc[0].split(";")]
    assert set(ids[:2]) == {"nih-us", "nih-kr"}
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001
    assert list(answer.columns) == ["name", *RESOLVE_COLUMNS, *CANDIDATE_COLUMNS]


def test_the_country_decides_between_namesakes() -> None:
    table = pd.DataFrame({"name": ["National Institute of Health"] * 2, "country": ["韓国", "US"]})
    answer = pm.resolve(table, REGISTRY, name="name", country="country")
    assert answer["canonical_id"].tolist() == ["nih-kr", "nih-us"]


@given(order=st.permutations(range(len(ASKED))))
@settings(max_examples=15)
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    straight = pm.resolve(ASKED, REGISTRY, name="name", country="country", candidates=5)
    shuffled = pm.resolve(ASKED.iloc[order], REGISTRY, name="name", country="country", candidates=5)
    pd.testing.assert_frame_equal(shuffled, straight.iloc[order])


@given(name=st.text(max_size=40))
@settings(max_examples=40)
def test_any_text_is_answered_and_never_beyond_the_registry(name: str) -> None:
    answer = pm.resolve([name], REGISTRY, candidates=2).iloc[0]
    assert answer["canonical_id"] in {"", *REGISTRY.ids}
    assert answer["confidence"] is None or 0 <= answer["confidence"] <= 1


def test_a_word_that_the_registry_has_is_linked_as_a_new_one_is() -> None:
    rows = [("denshi", "Denshi Center", "JP"), ("kanji", "緑内障", "JP"), ("latin", "Glaucoma Institute", "JP")]
    registry = pm.Registry.from_table(pd.DataFrame(rows, columns=["id", "name", "country"]), id="id", name="name")
    answer = pm.resolve(["緑内障研究所"], registry, candidates=1)
    assert answer["candidate_ids"].tolist() == ["latin"]


COMPANY = ["NIH", "国立衛生研究所", "Karolinska Institutet", "Karolinskaa Institutet", "カロリンスカー研究所"]


@given(asked=st.lists(st.sampled_from([*ASKED["name"], *COMPANY]), min_size=1, max_size=6))
@settings(max_examples=25)
@example(asked=["Karolinska Institutet", "Karolinskaa Institutet"])
def test_a_name_is_answered_alike_alone_and_in_company(asked: list[str]) -> None:
    together = pm.resolve(asked, REGISTRY, candidates=3)
    alone = pd.concat([pm.resolve([name], REGISTRY, candidates=3) for name in asked], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)


def test_a_word_is_read_by_what_its_own_row_says() -> None:
    registry = pm.Registry.from_table(pd.DataFrame({"id": ["t"], "name": ["Tianma"]}), id="id", name="name")
    asked = pd.DataFrame({"name": ["天馬株式会社", "天馬"], "country": ["JP", "CN"]})
    together = pm.resolve(asked, registry, name="name", country="country", candidates=1)
    alone = [pm.resolve(asked[row : row + 1], registry, name="name", country="country", candidates=1) for row in (0, 1)]
    pd.testing.assert_frame_equal(together, pd.concat(alone))
    assert together["canonical_id"].tolist() == ["", "t"]  # in Japan it is Tenma


def test_a_unit_that_is_listed_is_the_answer_and_its_institution_otherwise() -> None:
    rows = [("univ", "University of Tokyo", "JP"), ("unit", "Institute of Medical Science, University of Tokyo", "JP")]
    table = pd.DataFrame(rows, columns=["id", "name", "country"])
    asked = pd.DataFrame({"name": ["東京大学医科学研究所", "東京大学"], "country": "JP"})
    found = []
    for listed in (table, table[:1]):
        registry = pm.Registry.from_table(listed, id="id", name="name", country="country")
        answer = pm.resolve(asked, registry, name="name", country="country")
        found.append(list(zip(answer["canonical_id"], answer["unit"], strict=True)))
    assert found == [[("unit", ""), ("univ", "")], [("univ", "医科学研究所"), ("univ", "")]]


@pytest.mark.parametrize(("answer", "decision"), [(0.1, "match"), (1.0, "review")])
def test_the_threshold_of_answers_decides(answer: float, decision: str) -> None:
    made = pm.Settings.from_dict({"scores": {"answer": answer, "match": 1.0, "review": 0.1}})
    assert pm.resolve(["カロリンスカ研究所"], REGISTRY, settings=made)["decision"].tolist() == [decision]


def test_letters_of_a_translation_are_not_shared_out_among_those_who_ask() -> None:
    table = pd.DataFrame([("hin", "Health Institute (HIN)")], columns=["id", "name"])
    registry = pm.Registry.from_table(table, id="id", name="name")
    asked = ["国立衛生研究所", "国立保健研究所"]
    alone = [pm.resolve([name], registry, candidates=1) for name in asked]
    pd.testing.assert_frame_equal(pm.resolve(asked, registry, candidates=1), pd.concat(alone, ignore_index=True))


def test_a_frame_keeps_its_kind_and_stays_as_it_is() -> None:
    table = pl.DataFrame({"name": ["東京大学"], "n": [1]})
    answer = pm.resolve(table, REGISTRY, name="name")
    assert isinstance(answer, pl.DataFrame)
    assert table.columns == ["name", "n"]
    assert answer["canonical_id"].to_list() == ["tokyo"]


def test_a_frame_without_its_column_named_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^Name the column of names with name= \(--name\)\.$"):
        pm.resolve(ASKED, REGISTRY)


def test_nothing_asked_is_nothing_answered() -> None:
    assert len(pm.resolve([], REGISTRY)) == 0


def test_several_processes_answer_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = pm.resolve(ASKED, REGISTRY, name="name", candidates=2)
    monkeypatch.setattr("partnermatch.pipeline.MIN_ROWS", 1)
    monkeypatch.setattr("partnermatch.pipeline.MAX_ROWS", 2)
    told: list[tuple[str, int, int]] = []
    shared = pm.resolve(ASKED, REGISTRY, name="name", candidates=2, workers=3, progress=lambda *step: told.append(step))
    pd.testing.assert_frame_equal(shared, alone)
    assert {step for step, _, _ in told} == {"reading registry", "resolving names"}


def test_progress_is_told_step_by_step() -> None:
    told: list[tuple[str, int, int]] = []
    pm.resolve(["東京大学", "京都大学"], REGISTRY, progress=lambda *step: told.append(step))
    assert told[1:3] == [("cutting strings", 0, 2), ("reading names", 0, 2)]
    assert [step for step, _, _ in told] == [
        "reading registry",
        "cutting strings",
        "reading names",
        "linking words",
        "finding candidates",
        "comparing",
        "ranking",
        "laying out",
    ]


def test_the_command_line_resolves_against_a_dump(tmp_path: Path) -> None:
    names, out = tmp_path / "names.csv", tmp_path / "out.csv"
    dump = FIXTURES / "registry_cases/dump.json"
    registry = pm.Registry.from_ror(dump)
    names.write_text(f"name\n{registry.display_names[0]}\n", encoding="utf-8")
    arguments = ["resolve", str(names), "-o", str(out), "--name", "name", "--registry", str(dump), "--candidates", "2"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert f"{len(registry)} institutions known" in result.stderr
    assert pd.read_csv(out)["candidate_ids"].notna().all()


def test_letters_with_their_accents_behind_them_are_read_as_one() -> None:
    names = [
        "Universidade Federal do Pará",
        "Instituto de Física de São Carlos",
        "École Normale Supérieure",
        "ハーバード大学",
    ]
    composed = [f"{name}, Dépt. de Génie Á" for name in names] + names
    registry = pm.Registry.from_table(pd.DataFrame({"name": names}), id="name", name="name")
    apart = pm.resolve([unicodedata.normalize("NFD", text) for text in composed], registry, candidates=3)
    pd.testing.assert_frame_equal(
        apart.drop(columns=["name", "unit"]),
        pm.resolve(composed, registry, candidates=3).drop(columns=["name", "unit"]),
    )
    read = [read_affiliation(unicodedata.normalize(form, composed[0]), TextSettings()) for form in ("NFC", "NFD")]
    assert read[0] == read[1]
