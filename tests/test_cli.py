"""The command line: data to the file or standard output, messages to standard error, and a code that says how it went."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cases import FIXTURES
from click.testing import CliRunner, Result

import partnermatch
from partnermatch import tables
from partnermatch.cli import main
from partnermatch.errors import InterruptedRun, PartnermatchError

pytestmark = pytest.mark.usefixtures("empty_folder")

DEMO = str(FIXTURES / "demo_names.csv")
TRUTH = str(FIXTURES / "demo_truth.csv")
DOCUMENTS = FIXTURES / "documents_cases"
TWO = "name\n東京大学\nUniv. of Tokyo\n"
ADDED = ",".join(tables.DEDUPE_COLUMNS)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def lay(name: str, data: bytes | str) -> str:
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return name


def refuse(code: int, *arguments: str) -> str:
    """The whole text of a refusal, with nothing on standard output."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr


def read_back(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


# dedupe


def test_dedupe_writes_the_table_and_says_what_it_found() -> None:
    result = run("dedupe", DEMO, "-o", "out.csv", "--name", "name", "--country", "country", "--id", "row_id")
    assert (result.exit_code, result.stdout) == (0, "")
    frame = tables.read_table("out.csv")
    assert frame[["row_id", "name", "country"]].equals(tables.read_table(DEMO))
    assert list(frame.columns[3:]) == list(tables.DEDUPE_COLUMNS)
    counted = frame["decision"].value_counts()
    said = ", ".join(f"{counted.get(decision, 0)} {decision}" for decision in ("match", "review", "none"))
    institutions = frame.loc[frame["canonical_id"] != "", "canonical_id"].nunique()
    assert result.stderr.splitlines() == [
        f"25 rows, {institutions} institutions: {said} (settings {partnermatch.Settings().hash()}).",
        "row 25 has no name: empty",
        "Written to out.csv.",
    ]


def test_a_dash_reads_standard_input_and_writes_standard_output() -> None:
    result = run("dedupe", "-", "-o", "-", "--name", "name", stdin=TWO)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == f"name,{ADDED}"
    assert read_back(result.stdout)["canonical_id"].nunique() == 1
    assert result.stderr.startswith("2 rows, 1 institutions: 2 match, 0 review, 0 none (settings ")


def test_standard_output_is_where_the_table_goes_unless_told_otherwise() -> None:
    assert run("dedupe", "-", "--name", "name", stdin=TWO).stdout.startswith(f"name,{ADDED}\n東京大学,pm")


@pytest.mark.parametrize("kind", tables.FORMATS)
def test_the_suffix_says_the_format(kind: str) -> None:
    tables.write_table(pd.DataFrame({"name": ["東京大学", "Univ. of Tokyo"]}), f"in.{kind}")
    assert run("dedupe", f"in.{kind}", "-o", f"out.{kind}", "--name", "name").exit_code == 0
    assert tables.read_table(f"out.{kind}")["canonical_id"].nunique() == 1


def test_a_format_that_is_named_holds_for_both_ends() -> None:
    result = run("dedupe", "-", "--name", "name", "--format", "tsv", stdin="name\tn\n東京大学\t1,5\n")
    assert result.stdout.splitlines()[0].split("\t") == ["name", "n", *tables.DEDUPE_COLUMNS]
    lines = run("dedupe", "-", "--name", "name", "--format", "jsonl", stdin='{"name": "東京大学"}\n').stdout
    assert json.loads(lines)["canonical_name"] == "東京大学"


def test_show_prints_the_institutions_beside_the_data() -> None:
    result = run("dedupe", DEMO, "-o", "out.csv", "--name", "name", "--country", "country", "--show")
    assert result.stdout == ""
    assert "Institutions by the number of their names" in result.stderr
    for name in ("ハイデルベルグ大学", "Heidelberg University", "Karolinska Institutet"):
        assert name in result.stderr


def test_rows_without_a_name_are_named_but_not_all_of_them() -> None:
    result = run("dedupe", "-", "--name", "name", stdin="name,n\n東京大学,1\n" + ",2\n" * 7)
    assert result.stderr.splitlines()[1:] == [
        *(f"row {row} has no name: empty" for row in range(2, 7)),
        "and 2 more rows without a name",
    ]


def test_thresholds_are_given_and_traced_in_the_settings() -> None:
    plain = run("dedupe", DEMO, "--name", "name")
    strict = run("dedupe", DEMO, "--name", "name", "--match", "0.999", "--review", "0.99")
    ids = [read_back(result.stdout)["canonical_id"].nunique() for result in (plain, strict)]
    assert ids[0] < ids[1]
    assert plain.stderr.partition("settings")[2] != strict.stderr.partition("settings")[2]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (TWO.encode("cp932"), ("--encoding", "cp932")),
        (TWO.encode("euc-jp"), ("--encoding", "euc-jp")),
        (TWO.encode("utf-16"), ("--encoding", "utf-16")),
        (b"\xef\xbb\xbf" + TWO.encode(), ()),
        (TWO.replace("\n", "\r\n").encode(), ()),
    ],
)
def test_other_encodings_and_marks_are_read(data: bytes, options: tuple[str, ...]) -> None:
    result = run("dedupe", lay("a.csv", data), "--name", "name", *options)
    assert result.exit_code == 0
    assert read_back(result.stdout)["name"].tolist() == ["東京大学", "Univ. of Tokyo"]


# Refusals


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "nom,pays\na,FR\n",
            "There is no column 'name'; the table has 'nom', 'pays'. Name one of these with --name (name=).",
        ),
        ("", "a.csv is empty: a header line and at least one row are needed."),
        (
            b"name\n\x93\x8c\n",
            "a.csv is not UTF-8: byte 5 does not fit. Give its encoding with --encoding (encoding=), for example cp932.",
        ),
        (
            'name,n\na,1\n"b,2\n',
            "a.csv is not a whole table: line 3 opens a quote that is never closed. Repair that line or give --format.",
        ),
        (
            "name,n\na,1\nb,2,3\n",
            "a.csv is not a whole table: line 3 has 3 cells where the header has 2. Repair that line or give --format.",
        ),
    ],
)
def test_input_that_cannot_be_read_is_code_3_with_one_sentence(data: bytes | str, message: str) -> None:
    assert refuse(3, "dedupe", lay("a.csv", data), "-o", "out.csv", "--name", "name") == f"partnermatch: {message}\n"
    assert not Path("out.csv").exists()


def test_files_that_cannot_be_opened_are_code_3() -> None:
    assert refuse(3, "dedupe", "no.csv", "--name", "name") == (
        "partnermatch: no.csv cannot be read: No such file or directory. Check the path.\n"
    )
    assert refuse(3, "dedupe", DEMO, "-o", "no/out.csv", "--name", "name") == (
        "partnermatch: no/out.csv cannot be written: No such file or directory. Name a folder that exists.\n"
    )


def test_doubled_ids_are_code_3() -> None:
    assert refuse(3, "dedupe", lay("a.csv", "id,name\n1,a\n2,b\n1,c\n"), "--name", "name", "--id", "id") == (
        "partnermatch: Rows 1 and 3 both have '1' in the column 'id'; "
        "give every row an id of its own, or leave --id out.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "last_line"),
    [
        (("dedupe", DEMO), "Error: Missing option '--name'."),
        (
            ("dedupe", DEMO, "--name", "name", "--match", "2"),
            "partnermatch: The setting match is 2.0; it must be a number between 0 and 1.",
        ),
        (
            ("dedupe", DEMO, "--name", "name", "--match", "x"),
            "Error: Invalid value for '--match': 'x' is not a valid float.",
        ),
        (
            ("dedupe", "a.xlsx", "--name", "name"),
            "partnermatch: a.xlsx: the format 'xlsx' is not known; give --format with one of csv, tsv, jsonl, parquet.",
        ),
        (
            ("dedupe", DEMO, "--name", "name", "--encoding", "latin9000"),
            "partnermatch: There is no encoding called 'latin9000': try utf-8, cp932 or euc-jp.",
        ),
        (("compare", "東京大学"), "Error: Missing argument 'B'."),
        (
            ("documents", "minutes", DEMO),
            "Error: there is no document 'minutes'; "
            "there are riken-agreements, riken-institutions, riken-centres, ki-page",
        ),
        (("divide",), "Error: No such command 'divide'."),
    ],
)
def test_wrong_usage_is_code_2(arguments: tuple[str, ...], last_line: str) -> None:
    assert refuse(2, *arguments).splitlines()[-1] == last_line


def test_doubled_ids_that_are_lists_are_refused_in_a_sentence() -> None:
    path = lay("a.jsonl", '{"name": "a", "id": [1]}\n{"name": "b", "id": [1]}\n')
    assert refuse(3, "dedupe", path, "--name", "name", "--id", "id").startswith("partnermatch: ")


@pytest.mark.parametrize("data", ["name\n", "name,n\n,1\n,2\n"])
def test_a_table_without_names_is_written_back(data: str) -> None:
    result = run("dedupe", lay("a.csv", data), "--name", "name")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith(ADDED)


def test_from_text_to_text_no_package_of_frames_is_loaded() -> None:
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from partnermatch.cli import main; main()"
    command = [sys.executable, "-c", code, "dedupe", DEMO, "-o", "out.csv", "--name", "name", "--country", "country"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {"pandas", "narwhals", "pyarrow", "rich", "sqlalchemy"} & set(done.stdout.split()) == set()


def test_every_error_knows_its_code() -> None:
    codes = {kind.exit_code for kind in PartnermatchError.__subclasses__()}
    assert codes == {1, 2, 3, 4}
    assert InterruptedRun.exit_code == 4


def test_an_interruption_is_code_4_and_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(partnermatch, "dedupe", stop, raising=False)
    lay("out.csv", "old")
    assert (
        refuse(4, "dedupe", DEMO, "-o", "out.csv", "--name", "name") == "partnermatch: stopped; nothing was written.\n"
    )
    assert (Path("out.csv").read_text(), list(Path().iterdir())) == ("old", [Path("out.csv")])


def test_ctrl_c_ends_a_real_run_with_code_4() -> None:
    code = "from partnermatch.cli import main; print('ready', flush=True); main(prog_name='partnermatch')"
    command = [sys.executable, "-c", code, "dedupe", "-", "--name", "name"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"ready\n"
        time.sleep(0.5)  # until it waits for standard input
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == InterruptedRun.exit_code
        assert running.stderr.read() == b"partnermatch: stopped; nothing was written.\n"


# compare


def test_compare_shows_the_waterfall() -> None:
    result = run("compare", "東京大学医学部", "Univ. of Tokyo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == partnermatch.compare("東京大学医学部", "Univ. of Tokyo").to_text() + "\n"
    assert "   unit 医学部" in result.stdout.splitlines()


def test_compare_gives_json() -> None:
    result = run(
        "compare", "ケンブリッジ大学", "Cambridge University", "--country-a", "GB", "--country-b", "US", "--json"
    )
    kept = json.loads(result.stdout)
    expected = partnermatch.compare("ケンブリッジ大学", "Cambridge University", country_a="GB", country_b="US")
    assert kept == json.loads(json.dumps(expected.to_dict()))
    assert "countries_differ" in {claim["claim"] for claim in kept["evidence"]}


def test_compare_answers_where_there_is_no_name() -> None:
    result = run("compare", "", "東京大学")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "probability 0.000: none"


# documents


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("riken-agreements", "agreements.md"),
        ("riken-institutions", "institutions.md"),
        ("riken-centres", "centres.md"),
        ("ki-page", "page.txt"),
    ],
)
def test_documents_writes_records_what_was_not_placed_and_notes(kind: str, document: str) -> None:
    options = ("-o", "out.csv", "--unplaced", "unplaced.csv", "--notes", "notes.csv")
    result = run("documents", kind, str(DOCUMENTS / document), *options)
    assert (result.exit_code, result.stdout) == (0, "")
    counts = [len(tables.read_table(f"{name}.csv")) for name in ("out", "unplaced", "notes")]
    first, *others = result.stderr.splitlines()
    assert first == f"{counts[0]} records, {counts[1]} rows not placed, {counts[2]} notes."
    assert [line.startswith("not placed: line ") for line in others] == [True] * counts[1]
    assert counts[0] > 0
    assert list(tables.read_table("notes.csv")) == ["line", "field", "value", "note"]
    assert {"line", "reason"} <= set(tables.read_table("unplaced.csv"))


def test_a_document_that_is_none_is_code_3() -> None:
    result = run("documents", "riken-agreements", lay("a.md", "no table here"), "-o", "out.csv")
    assert result.exit_code == 3
    assert result.stderr.startswith("partnermatch: ")
    assert not Path("out.csv").exists()


def test_a_place_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    lay("names.csv", TWO)
    for out, reason in (
        ("no/out.csv", "No such file or directory. Name a folder that exists."),
        (str(tmp_path), "Is a directory. Name a file."),
    ):
        said = refuse(3, "dedupe", "names.csv", "--name", "name", "--store", "ids.sqlite", "-o", out)
        assert said == f"partnermatch: {out} cannot be written: {reason}\n"
    assert not Path("ids.sqlite").exists(), "no run was made whose answer nobody has"


@pytest.mark.parametrize(
    "command",
    [
        ("link", "no.csv", "no.csv", "--name", "name"),
        ("resolve", "no.csv", "--name", "name", "--registry", "no.zip"),
        ("extract", "no.txt", "--registry", "no.zip"),
        ("documents", "ki-page", "no.txt"),
        ("index", "no.zip"),
    ],
    ids=lambda command: command[0],
)
def test_that_is_said_before_anything_is_read(command: tuple[str, ...]) -> None:
    said = refuse(3, *command, "-o", "no/out.csv")
    assert said == (
        "partnermatch: no/out.csv cannot be written: No such file or directory. Name a folder that exists.\n"
    )


def test_a_place_for_notes_is_looked_for_before_the_work_too() -> None:
    said = refuse(3, "documents", "ki-page", "no.txt", "--notes", "no/notes.csv")
    assert said.startswith("partnermatch: no/notes.csv cannot be written: ")


def test_a_table_is_a_registry_whatever_the_letters_of_its_suffix() -> None:
    lay("REG.CSV", "id,name\nr,RIKEN\n")
    lay("page.txt", "We thank RIKEN.")
    assert run("extract", "page.txt", "--registry", "REG.CSV").stdout.splitlines()[1].endswith(",RIKEN")


# evaluate


def test_evaluate_joins_by_row_id_whatever_the_order() -> None:
    run("dedupe", DEMO, "-o", "out.csv", "--name", "name", "--country", "country")
    straight = run("evaluate", "out.csv", TRUTH)
    tables.write_table(tables.read_table("out.csv").iloc[::-1], "turned.csv")
    assert straight.exit_code == 0
    assert run("evaluate", "turned.csv", TRUTH).stdout == straight.stdout
    pairwise, b_cubed = straight.stdout.splitlines()
    assert pairwise.startswith("pairwise  P ")
    assert b_cubed.startswith("B-cubed   P ")


def test_evaluate_counts_a_row_that_was_not_predicted_against_the_recall() -> None:
    lay("guess.csv", "row_id,canonical_id\n1,a\n2,a\n")
    lay("gold.csv", "row_id,truth,kind\n3,x,far\n1,x,near\n2,x,near\n")
    assert run("evaluate", "guess.csv", "gold.csv", "--kind", "kind").stdout.splitlines() == [
        "pairwise  P 1.0000  R 0.3333  F1 0.5000",
        "B-cubed   P 1.0000  R 0.5556  F1 0.7143",
        "far       P 1.0000  R 0.3333  F1 0.5000",
        "near      P 1.0000  R 0.6667  F1 0.8000",
    ]


def test_evaluate_takes_other_columns_and_rows_in_order() -> None:
    lay("guess.csv", "group\na\na\nb\n")
    lay("gold.csv", "entity\nx\nx\ny\n")
    options = ("--predicted-column", "group", "--gold-column", "entity")
    assert run("evaluate", "guess.csv", "gold.csv", *options).stdout.splitlines()[0].endswith("F1 1.0000")


def test_evaluate_refuses_tables_that_cannot_be_joined() -> None:
    lay("guess.csv", "canonical_id\na\n")
    lay("gold.csv", "truth\nx\ny\n")
    assert refuse(3, "evaluate", "guess.csv", "gold.csv") == (
        "partnermatch: The tables have 1 and 2 rows and no common column 'row_id'; "
        "name the column that joins them with --id.\n"
    )


def test_evaluate_refuses_a_column_that_was_named_and_is_missing() -> None:
    lay("guess.csv", "key,canonical_id\n1,a\n")
    lay("gold.csv", "truth\nx\n")
    assert refuse(3, "evaluate", "guess.csv", "gold.csv", "--id", "key") == (
        "partnermatch: There is no column 'key'; the table has 'truth'. Name one of these with --id (id=).\n"
    )


def test_evaluate_refuses_doubled_ids() -> None:
    lay("guess.csv", "row_id,canonical_id\n1,a\n1,b\n")
    lay("gold.csv", "row_id,truth\n1,x\n1,y\n")
    assert "'1'" in refuse(3, "evaluate", "guess.csv", "gold.csv")


# The program itself


def test_garbage_is_looked_for_again_behind_a_command() -> None:
    run("compare", "東京大学", "Univ. of Tokyo")
    assert gc.isenabled()


def test_the_program_says_its_version_and_its_commands() -> None:
    assert run("--version").stdout == f"partnermatch, version {partnermatch.__version__}\n"
    shown = run("-h").stdout
    assert all(command in shown for command in ("dedupe", "compare", "documents", "evaluate"))


def test_the_program_runs_as_a_program_with_pipes() -> None:
    code = "from partnermatch.cli import main; main(prog_name='partnermatch')"
    command = [sys.executable, "-c", code, "dedupe", "-", "--name", "name"]
    done = subprocess.run(command, input=TWO.encode(), capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[0] == f"name,{ADDED}"
    assert done.stderr.decode().startswith("2 rows, 1 institutions: ")
    failed = subprocess.run([*command[:-1], "nom"], input=TWO.encode(), capture_output=True, check=False)
    assert (failed.returncode, failed.stdout) == (3, b"")
    assert failed.stderr.decode() == (
        "partnermatch: There is no column 'nom'; the table has 'name'. Name one of these with --name (name=).\n"
    )


PROGRAM = (sys.executable, "-c", "from partnermatch.cli import main; main(prog_name='partnermatch')")


@pytest.mark.parametrize("command", [("compare", "a", "b"), ("dedupe", DEMO, "--name", "name")])
def test_a_full_disk_behind_standard_output_is_told_in_a_sentence(command: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("the system has no device that is always full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, said) == (
        4,
        "partnermatch: stopped, the output is not whole: No space left on device.",
    )


@pytest.mark.parametrize(
    ("closed", "message"),
    [
        ("<&-", "partnermatch: Standard input is closed: name a file in place of -.\n"),
        (">&-", "partnermatch: Standard output is closed: name a file with --output.\n"),
    ],
)
def test_a_closed_stream_is_told_in_a_sentence(closed: str, message: str) -> None:
    command = ["sh", "-c", f'"$@" {closed}', "sh", *PROGRAM, "dedupe", "-", "--name", "name"]
    done = subprocess.run(command, input=TWO.encode(), stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (3, message)


def test_what_a_terminal_lacks_is_shown_as_its_escape() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp932"}
    done = subprocess.run([*PROGRAM, "compare", "École 東", "RIKEN"], capture_output=True, env=environment, check=True)
    assert done.stdout.decode("cp932").splitlines()[0] == "a  \\xc9cole 東"


STRINGS, RECORDS = str(FIXTURES / "affiliations/strings.csv"), str(FIXTURES / "registry_cases/dump.json")
RESOLVE = ("resolve", STRINGS, "--name", "affiliation", "--registry", RECORDS, "--no-index", "--workers", "1")


def test_resolve_shows_what_each_row_means_and_what_a_closed_institution_became() -> None:
    shown = run(*RESOLVE, "-o", "out.csv", "--show").stderr
    assert "Nordvik Institute" in shown
    assert "Bureau of Moonlight (closed; now Tsukimi University" in shown
    assert "(not_found)" in shown


def test_resolve_gives_fewer_answers_where_more_of_them_are_to_be_right() -> None:
    every, sure = (
        pd.read_csv(io.StringIO(run(*RESOLVE, "-o", "-", *more).stdout), keep_default_na=False)
        for more in ((), ("--precision", "0.97"))
    )
    answered = sure["canonical_id"] != ""
    assert 0 < answered.sum() < (every["canonical_id"] != "").sum()
    assert (sure["canonical_id"][answered] == every["canonical_id"][answered]).all()


def test_resolve_takes_a_list_of_ones_own_with_other_names_of_its_institutions() -> None:
    strings = ["Dept. of Physics, Univ. of Tokyo, Japan; RIKEN, Wako", "UTokyo"]
    Path("strings.csv").write_text(pd.DataFrame({"n": strings}).to_csv(index=False), encoding="utf-8")
    partners = str(FIXTURES / "affiliations/registry.csv")
    said = run("resolve", "strings.csv", "-o", "-", "--name", "n", "--registry", partners).stdout
    found = pd.read_csv(io.StringIO(said), keep_default_na=False)["all_ids"].tolist()
    assert found == ["utokyo;riken", "utokyo"]


def test_a_precision_that_was_never_reached_is_wrong_usage() -> None:
    assert "ask for at most" in refuse(2, *RESOLVE, "-o", "out.csv", "--precision", "0.9999")
