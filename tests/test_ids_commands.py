"""`ids` and `judge`: what a store knows as tables and sentences, decisions in, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from cases import FIXTURES
from click.testing import CliRunner, Result
from stores import drop_guards

from partnermatch.cli import main
from partnermatch.store import Store

pytestmark = pytest.mark.usefixtures("empty_folder")

DEMO = str(FIXTURES / "demo_names.csv")
LYON = "name,country\nリヨン第一研究所,FR\nリヨン第二研究所,FR\n東京大学,JP\n"


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result


def read_back(result: Result) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(result.stdout), dtype=str, keep_default_na=False)


def dedupe(store: str, table: str = "lyon.csv") -> pd.DataFrame:
    Path("lyon.csv").write_text(LYON, encoding="utf-8")
    return read_back(run("dedupe", table, "--name", "name", "--country", "country", "--store", store))


def test_ids_are_kept_from_run_to_run_and_exported(place: str) -> None:
    first = dedupe(place)
    pd.testing.assert_frame_equal(dedupe(place), first)
    exported = read_back(run("ids", "export", "--store", place))
    assert exported["canonical_id"].tolist() == first["canonical_id"].tolist()
    assert list(exported.columns) == ["record", "source", "key", "name", "country", "canonical_id"]
    dedupe(place, DEMO)
    assert len(read_back(run("ids", "export", "--store", place))) > 3
    before = read_back(run("ids", "export", "--as-of", "2", "--store", place))
    pd.testing.assert_frame_equal(before, exported)
    runs = read_back(run("ids", "runs", "--store", place))
    assert runs[["number", "kind", "rows"]].values.tolist() == [
        ["1", "dedupe", "3"],
        ["2", "dedupe", "3"],
        ["3", "dedupe", "25"],
    ]
    assert run("ids", "check", "--store", place).stderr == "The store is sound: 3 runs.\n"


def test_a_decision_merges_and_its_trace_can_be_read(place: str) -> None:
    first = dedupe(place)["canonical_id"].tolist()
    said = run(
        "judge", "リヨン第一研究所", "リヨン第二研究所", "yes", "--who", "Ann", "--why", "one now", "--store", place
    )
    assert said.stderr == "1 decisions kept; the next `dedupe --store` obeys them.\n"
    assert set(dedupe(place)["canonical_id"][:2]) == {first[0]}
    assert read_back(run("ids", "redirects", "--store", place)).values.tolist() == [[first[1], first[0]]]
    changes = run("ids", "diff", "1", "2", "--store", place)
    assert read_back(changes)[["key", "before", "after", "why"]].values.tolist() == [
        ["リヨン第二研究所\tFR", first[1], first[0], "run 2: merged"]
    ]
    assert changes.stderr == "1 records with another ID: 1 merged.\n"
    events = read_back(run("ids", "history", first[1], "--store", place))
    assert events[["run", "id", "kind", "other"]].values.tolist()[-1] == ["2", first[1], "merged", first[0]]
    assert run("ids", "show", first[1], "--store", place).stdout == (
        f"{first[1]}: merged, now {first[0]}; minted in run 1; 0 records\n"
    )
    shown = run("ids", "show", first[0], "--store", place).stdout.splitlines()
    assert shown[:2] == [
        f"{first[0]}: active; minted in run 1; 2 records",
        "  #1  リヨン第一研究所 (FR)  [name リヨン第一研究所\tFR]",
    ]
    assert shown[3].startswith("  Ann, 2")
    assert shown[3].endswith(": #1 is the same as #2. one now")


def test_reviews_go_out_and_decisions_come_back(place: str) -> None:
    dedupe(place)
    run("ids", "review", "-o", "review.csv", "--store", place)
    table = pd.read_csv("review.csv", dtype=str, keep_default_na=False)
    assert table[["left_name", "right_name", "same", "kind"]].values.tolist() == [
        ["リヨン第一研究所", "リヨン第二研究所", "", "possible_match"]
    ]
    assert "they carry different numbers (-3.00)" in table["explanation"][0]
    assert run("judge", "--from", "review.csv", "--who", "Ann", "--store", place).stderr.startswith("0 decisions kept")
    table["same"] = "No"
    table.to_csv("review.csv", index=False)
    assert run("judge", "--from", "review.csv", "--who", "Ann", "--store", place).stderr.startswith("1 decisions kept")
    answer = dedupe(place)
    assert answer["decision"].tolist() == ["none"] * 3
    assert len(read_back(run("ids", "review", "--store", place))) == 0
    run("judge", "#1", "#2", "yes", "--who", "Bob", "--store", place)
    run("judge", "#3", "#2", "yes", "--who", "Bob", "--store", place)
    run("judge", "#1", "#3", "no", "--who", "Bob", "--store", place)
    dedupe(place)
    reviews = read_back(run("ids", "review", "--store", place))
    assert reviews[["left", "right", "kind", "explanation", "probability"]].values.tolist() == [
        [
            "#1",
            "#2",
            "contradiction",
            "a person said that both are one institution, and what others said keeps them apart",
            "",
        ]
    ]


def test_a_registry_gives_its_ids_and_keeps_its_institutions_apart(place: str) -> None:
    Path("registry.csv").write_text(
        "id,name\none,Okazaki National Research Institutes\ntwo,Okazaki Research Institutes\n", encoding="utf-8"
    )
    Path("names.csv").write_text(
        "name\nOkazaki National Research Institutes\nOkazaki Research Institutes\n東京大学\n", encoding="utf-8"
    )
    command = ("dedupe", "names.csv", "--name", "name", "--registry", "registry.csv")
    assert read_back(run(*command))["canonical_id"].tolist()[:2] == ["one", "two"]
    kept = read_back(run(*command, "--store", place))
    assert kept["canonical_id"].tolist()[:2] == ["one", "two"]
    assert kept["reason"].tolist() == ["registry_ids", "registry_ids", "alone"]
    shown = run("ids", "show", "one", "--store", place).stdout
    known = read_back(run("ids", "runs", "--store", place))["registry"][0]
    assert len(known) == 64
    assert shown.splitlines()[0] == f"one: active; given by the registry {known[:12]} in run 1; 1 records"
    review = read_back(run("ids", "review", "--store", place))
    assert review[["left", "right", "kind"]].values.tolist() == [["#1", "#2", "registry_ids"]]
    assert review["explanation"][0].startswith("the registry takes them for two institutions; ")
    run("judge", "#1", "#2", "yes", "--who", "Ann", "--store", place)
    assert read_back(run(*command, "--store", place))["canonical_id"].tolist()[:2] == ["one", "one"]
    assert run("ids", "show", "two", "--store", place).stdout == (
        f"two: merged, now one; given by the registry {known[:12]} in run 1; 0 records\n"
    )


def test_a_table_that_is_no_registry_is_named() -> None:
    Path("registry.csv").write_text("key,name\n1,東京大学\n", encoding="utf-8")
    refused = run("dedupe", DEMO, "--name", "name", "--registry", "registry.csv", code=3)
    assert refused.stderr == (
        "partnermatch: registry.csv has no column 'id'; as a registry, a table needs the columns id and name.\n"
    )


def test_a_run_says_its_number_and_what_is_left_to_look_at(place: str) -> None:
    Path("lyon.csv").write_text(LYON, encoding="utf-8")
    said = run("dedupe", "lyon.csv", "-o", "out.csv", "--name", "name", "--country", "country", "--store", place).stderr
    with Store.open(place) as store:
        assert said.splitlines()[-1] == (
            f"Kept as run 1 in {store.place}; pairs that a person should look at: 1 (partnermatch ids review)."
        )
    run("judge", "#1", "#2", "no", "--who", "Ann", "--store", place)
    said = run("dedupe", "lyon.csv", "-o", "out.csv", "--name", "name", "--country", "country", "--store", place).stderr
    with Store.open(place) as store:
        assert said.splitlines()[-1] == f"Kept as run 2 in {store.place}."


def test_a_yes_that_the_registry_speaks_against_is_listed(place: str) -> None:
    dedupe(place)
    run("judge", "#1", "#3", "yes", "--who", "Ann", "--store", place)
    Path("registry.csv").write_text("id,name,country\none,リヨン第一研究所,FR\ntokyo,東京大学,JP\n", encoding="utf-8")
    run("dedupe", "lyon.csv", "--name", "name", "--country", "country", "--registry", "registry.csv", "--store", place)
    reviews = read_back(run("ids", "review", "--store", place))
    assert reviews[["left", "right", "kind", "explanation"]].values.tolist()[0] == [
        "#1",
        "#3",
        "registry_ids",
        "a person said that both are one institution, but the registry takes them for two; a second yes joins them",
    ]


def test_a_run_is_taken_back(place: str) -> None:
    first = dedupe(place)
    run("judge", "#1", "#2", "yes", "--who", "Ann", "--store", place)
    dedupe(place)
    assert run("ids", "undo", "2", "--store", place).stderr == "Run 2 is taken back by run 3.\n"
    exported = read_back(run("ids", "export", "--store", place))
    assert exported["canonical_id"].tolist() == first["canonical_id"].tolist()
    assert run("ids", "undo", "1", "--store", place).stderr == "Run 1 is taken back by run 4.\n"
    refused = run("ids", "undo", "4", "--store", place, code=3)
    assert refused.stderr == (
        "partnermatch: Run 4 is taken back already, or takes another back itself; dedupe the table again.\n"
    )


def test_what_is_wrong_with_a_store_is_listed(place: str) -> None:
    dedupe(place)
    with Store.open(place) as store, store._write() as connection:
        drop_guards(connection)
        connection.exec_driver_sql("UPDATE runs SET ended = ''")
        connection.exec_driver_sql("DELETE FROM memberships WHERE record = 1")
    result = run("ids", "check", "--store", place, code=3)
    assert result.stdout.splitlines()[0] == "Run 1 never ended."
    assert result.stdout.splitlines()[1].endswith(" is active and has 0 records.")
    assert result.stdout.splitlines()[2] == "Record 1 has a name and no ID, or an ID and no name."
    assert result.stderr == "3 faults.\n"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("left,right\n#1,#2\n", "There is no column 'same'; the table has 'left', 'right'."),
        ("left,right,same\n#1,#2,maybe\n", "d.csv, row 1: same is 'maybe'; write yes or no, or leave it empty."),
        ("left,right,same\n#1,#2,\n#1,#3,yes\n", "d.csv, row 2: nobody is named; fill in who, or give --who."),
        ("left,right,same,who\n#1,#2,no,A\n#1,x,yes,A\n", "d.csv, row 2: no record has the key or the name 'x'; "),
    ],
)
def test_decisions_that_cannot_be_read_are_refused_and_none_is_kept(place: str, cells: str, message: str) -> None:
    dedupe(place)
    Path("d.csv").write_text(cells, encoding="utf-8")
    refused = run("judge", "--from", "d.csv", "--store", place, code=3)
    assert refused.stderr.startswith(f"partnermatch: {message}")
    with Store.open(place) as store:
        assert store.judgements(all=True) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a", "b"), "give two records and yes or no, or --from FILE"),
        (("a", "b", "perhaps"), "give two records and yes or no, or --from FILE"),
        (("a", "b", "yes"), "say with --who who decides"),
        (("a", "b", "yes", "--from", "d.csv"), "--from takes the place of A B yes|no"),
    ],
)
def test_judge_is_used_rightly(arguments: tuple[str, ...], message: str) -> None:
    assert run("judge", *arguments, "--store", "ids.sqlite", code=2).stderr.splitlines()[-1] == f"Error: {message}"


def test_a_store_that_is_not_there_is_code_3() -> None:
    for command in (("ids", "check"), ("ids", "show", "x"), ("judge", "a", "b", "no", "--who", "A")):
        assert run(*command, "--store", "none.sqlite", code=3).stderr == (
            "partnermatch: There is no store none.sqlite; `partnermatch dedupe --store none.sqlite` makes one.\n"
        )
    assert not Path("none.sqlite").exists()
