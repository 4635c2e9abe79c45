"""Tables in and out: every cell as it stands in the file, errors that say where, whole files, any kind of frame."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch import tables
from partnermatch.errors import EmptyInput, InputError, MissingColumn, PartnermatchError, SettingsError, WrongEncoding
from partnermatch.tables import (
    FORMATS,
    add_columns,
    column,
    make_table,
    read_rows,
    read_table,
    read_text,
    write_table,
)
from partnermatch.tables.text_table import TextTable
from partnermatch.whole_file import write_whole

pytestmark = pytest.mark.usefixtures("empty_folder")

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
FRAMES = st.lists(st.tuples(CELLS, CELLS), max_size=5).map(
    lambda rows: pd.DataFrame(rows, columns=["name", "country"], dtype=object)
)
HEADERS = ["name,n\n", "name,n\r\n", '"name"\n', "\ufeffname,n\n", "name,name\n", "name,\n", ""]
KINDS = [pd.DataFrame, pl.DataFrame, pa.table]


def lay(name: str, data: bytes | str) -> str:
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return name


def refuse(kind: type[PartnermatchError], path: str, **options: Any) -> str:
    with pytest.raises(kind) as caught:
        read_table(path, **options)
    return str(caught.value)


def test_every_cell_is_the_text_that_stands_in_the_file() -> None:
    path = lay("a.csv", 'name,n\nNA,01\n"null",1.50\n,\n"a ""b"", c",nan\n"two\nlines", x \n')
    frame = read_table(path)
    assert frame["name"].tolist() == ["NA", "null", "", 'a "b", c', "two\nlines"]
    assert frame["n"].tolist() == ["01", "1.50", "", "nan", " x "]


@pytest.mark.parametrize(("name", "text"), [("a.tsv", "name\tn\nx,y\t1\n"), ("a.csv", 'name,n\n"x,y",1\n')])
def test_the_format_follows_the_suffix(name: str, text: str) -> None:
    assert read_table(lay(name, text)).to_dict("list") == {"name": ["x,y"], "n": ["1"]}


def test_a_named_format_goes_before_the_suffix() -> None:
    assert list(read_table(lay("a.csv", "name\tn\nx\t1\n"), format="tsv")) == ["name", "n"]


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert read_table(lay("a.csv", "name,country\n")).shape == (0, 2)


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert list(read_table(lay("a.csv", "\ufeffname,n\n東,1\n"))) == ["name", "n"]


def test_another_encoding_is_read_when_it_is_named() -> None:
    path = lay("a.csv", "name\n東京大学\n".encode("cp932"))
    assert read_table(path, encoding="cp932")["name"].tolist() == ["東京大学"]


def test_the_wrong_encoding_says_which_byte_and_which_flag() -> None:
    assert refuse(WrongEncoding, lay("a.csv", "name\n東京\n".encode("cp932"))) == (
        "a.csv is not UTF-8: byte 5 does not fit. Give its encoding with --encoding (encoding=), for example cp932."
    )


def test_a_file_that_ends_in_the_middle_of_a_character_is_said_to_be_cut_short() -> None:
    assert refuse(WrongEncoding, lay("a.csv", "name\n東京".encode()[:-1])) == (
        "a.csv is not UTF-8: its last character, from byte 8 on, is cut short. "
        "Take the file anew if it is not whole, or give its encoding with --encoding (encoding=), for example cp932."
    )


def test_the_byte_is_counted_from_the_start_of_the_file_mark_included() -> None:
    assert refuse(WrongEncoding, lay("a.csv", b"\xef\xbb\xbfname\nx\xff\n")).startswith("a.csv is not UTF-8: byte 9 ")


@pytest.mark.parametrize("encoding", ["latin9000", "base64", "undefined"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    assert refuse(SettingsError, lay("a.csv", "name\n"), encoding=encoding) == (
        f"There is no encoding called {encoding!r}: try utf-8, cp932 or euc-jp."
    )


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_refused(name: str, text: str) -> None:
    assert refuse(EmptyInput, lay(name, text)) == f"{name} is empty: a header line and at least one row are needed."


@given(header=st.sampled_from(HEADERS), rest=st.text(st.sampled_from('aé ,,"\n\n\r\0\u2028'), max_size=16))
def test_rows_are_what_pandas_reads(header: str, rest: str) -> None:
    path = lay("a.csv", header + rest)
    try:
        frame = read_table(path, encoding="utf-8")
    except PartnermatchError as error:
        with pytest.raises(type(error)) as caught:
            read_rows(path, encoding="utf-8")
        assert str(caught.value) == str(error)
    else:
        rows = read_rows(path, encoding="utf-8")
        assert {name: list(rows[name]) for name in rows.columns} == frame.to_dict("list")
        assert len(rows) == len(frame)


@pytest.mark.parametrize(
    ("output", "kind"), [("b.tsv", TextTable), ("-", TextTable), ("b.jsonl", pd.DataFrame), ("b.parquet", pd.DataFrame)]
)
def test_rows_are_a_frame_where_the_output_asks_for_one(output: str, kind: type) -> None:
    assert isinstance(read_rows(lay("a.csv", "name,n\r\nx,1\r\n"), output), kind)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,n\na,1\nb,2,3\n", "line 3 has 3 cells where the header has 2"),
        ("name,n\na,1,2\nb,2,3\n", "line 2 has 3 cells where the header has 2"),
        ('name,n\n"two\nlines",1\nb,2,3\n', "line 4 has 3 cells where the header has 2"),
        ('name,n\na,1\n"b,2\nc,3\n', "line 3 opens a quote that is never closed"),
    ],
)
def test_a_ragged_or_half_written_file_says_which_line(text: str, reason: str) -> None:
    message = f"a.csv is not a whole table: {reason}. Repair that line or give --format."
    assert refuse(InputError, lay("a.csv", text)) == message


def test_a_file_that_is_not_there_is_refused() -> None:
    assert refuse(InputError, "no.csv") == "no.csv cannot be read: No such file or directory. Check the path."


def test_an_unknown_format_is_refused() -> None:
    expected = "a.xlsx: the format 'xlsx' is not known; give --format with one of csv, tsv, jsonl, parquet."
    assert refuse(SettingsError, lay("a.xlsx", "PK")) == expected


def test_junk_is_no_parquet_file() -> None:
    assert refuse(InputError, lay("a.parquet", "junk")).startswith("a.parquet is not a parquet file: ")


def test_json_lines_keep_lone_surrogates_and_separators() -> None:
    path = lay("a.jsonl", '{"name": "\\ud800x", "n": 1}\n\n{"name": "a\u2028b", "n": null}\n')
    assert read_table(path)["name"].tolist() == ["\ud800x", "a\u2028b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"name": "a"}\n{"name": \n',
            "a.jsonl, line 2, is not JSON: Expecting value: line 1 column 10 (char 9). Repair or remove that line.",
        ),
        ('{"name": "a"}\n\n["b"]\n', "a.jsonl, line 3, is not a JSON object with column names."),
    ],
)
def test_a_line_that_is_no_json_object_is_named(text: str, message: str) -> None:
    assert refuse(InputError, lay("a.jsonl", text)) == message


@pytest.mark.parametrize("text", ["[" * 100_000, '{"n": ' + "9" * 5_000 + "}"])
def test_hostile_json_is_refused(text: str) -> None:
    assert refuse(InputError, lay("a.jsonl", text)).startswith("a.jsonl, line 1, is not JSON: ")


@pytest.mark.parametrize("kind", FORMATS)
@given(frame=FRAMES)
def test_what_is_written_is_read_back(kind: str, frame: pd.DataFrame) -> None:
    if kind == "jsonl" and frame.empty:
        return
    path = f"a.{kind}"
    write_table(frame, path)
    assert read_table(path).astype(object).to_dict("list") == frame.to_dict("list")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("last", ["x", "a\rb", 'a "b", c'])
def test_several_processes_write_the_same_file(kind: str, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.files, "MIN_ROWS", 2)
    frame = pd.DataFrame({"name": ["東", None, "c,d", "", last], "chance": [0.5, None, 1.0, 0.25, 1e-9]}, dtype=object)
    for workers in (1, 3):
        write_table(frame, f"{workers}.{kind}", workers=workers)
    assert Path(f"1.{kind}").read_bytes() == Path(f"3.{kind}").read_bytes()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("last", ["x", "a\rb", 'a "b", c', "\ud800"])
def test_a_table_of_text_is_written_as_a_frame_is(kind: str, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.files, "MIN_ROWS", 2)
    cells: dict[str, list[Any]] = {"name": ["東", None, "c,d", "", last], "chance": [0.5, None, 1.0, 0.25, 1e-9]}
    write_table(pd.DataFrame(cells, dtype=object), f"frame.{kind}")
    for workers in (1, 3):
        write_table(TextTable(cells), f"text.{kind}", workers=workers)
        assert Path(f"text.{kind}").read_bytes() == Path(f"frame.{kind}").read_bytes()


def test_json_lines_have_all_that_a_cell_holds() -> None:
    cells = {
        "name": ["東", None], "tiny": [1e-12, 123456789.12345678], "n": pd.array([2**62, None], dtype="Int64"),
        "day": [pd.Timestamp("2020-01-01 12:34:56.123456789"), pd.NaT], "raw": [b"\xff", b"a/"], "chance": [float("nan"), 1],
        "endless": [float("inf"), 0.5], "list": [np.array([1, 2]), ["x"]], "sum": [Decimal("0.10"), 10**30],
    }  # fmt: skip
    write_table(pd.DataFrame(cells), "a.jsonl")
    assert Path("a.jsonl").read_text(encoding="utf-8").splitlines() == [
        '{"name":"東","tiny":1e-12,"n":4611686018427387904,"day":"2020-01-01 12:34:56.123456789","raw":"\\\\xff",'
        '"chance":null,"endless":null,"list":[1,2],"sum":"0.10"}',
        '{"name":null,"tiny":123456789.12345678,"n":null,"day":null,"raw":"a/",'
        '"chance":1.0,"endless":0.5,"list":["x"],"sum":1000000000000000000000000000000}',
    ]


def test_a_table_that_parquet_cannot_hold_is_refused() -> None:
    odd: tuple[list[Any], ...] = ([1, "x"], [10**30, 1], [{"a": 1}, 5], [{}, {}])
    for cells in odd:
        with pytest.raises(InputError) as caught:
            write_table(pd.DataFrame({"n": pd.Series(cells, dtype=object)}), "a.parquet")
        assert re.fullmatch(
            r"The table cannot be written as parquet \(.+\): write \.csv or \.jsonl\.", str(caught.value)
        )
    assert not Path("a.parquet").exists()


def test_a_named_index_in_a_parquet_file_is_a_column() -> None:
    pd.DataFrame({"name": ["x", "y"]}, index=pd.Index(["k", "l"], name="key")).to_parquet("a.parquet")
    assert read_table("a.parquet").to_dict("list") == {"key": ["k", "l"], "name": ["x", "y"]}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_lone_surrogate_is_written_as_its_escape(kind: str) -> None:
    write_table(pd.DataFrame({"name": ["a\ud800", "東"]}, dtype=object), f"a.{kind}")
    assert read_table(f"a.{kind}")["name"].tolist() == ["a\\ud800", "東"]


def test_a_file_is_replaced_whole_and_nothing_lies_beside_it() -> None:
    lay("a.csv", "old")
    write_table(pd.DataFrame({"name": ["x"]}), "a.csv")
    assert Path("a.csv").read_text() == "name\nx\n"
    assert list(Path().iterdir()) == [Path("a.csv")]


def test_what_a_link_leads_to_is_written_and_the_link_stays() -> None:
    Path(lay("a.csv", "old")).chmod(0o600)
    Path("b.csv").symlink_to("a.csv")
    write_table(pd.DataFrame({"name": ["x"]}), "b.csv")
    assert Path("b.csv").is_symlink()
    assert Path("a.csv").read_text() == "name\nx\n"
    assert Path("a.csv").stat().st_mode & 0o777 == 0o600, "who may read it is left as it was"


def test_a_new_file_may_be_read_by_whom_the_user_lets() -> None:
    before = os.umask(0o077)
    try:
        write_whole(Path("a.csv"), [b"x"])
    finally:
        os.umask(before)
    assert Path("a.csv").stat().st_mode & 0o777 == 0o600


def test_a_run_that_is_stopped_leaves_nothing_beside_what_it_writes() -> None:
    def stop() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    lay("a.csv", "old")
    with pytest.raises(KeyboardInterrupt):
        write_whole(Path("a.csv"), stop())
    assert [file.name for file in Path().iterdir()] == ["a.csv"]
    assert Path("a.csv").read_text() == "old"


def test_a_pipe_is_written_into_and_stays() -> None:
    os.mkfifo("a.csv")
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(Path("a.csv").read_text)
        write_table(pd.DataFrame({"name": ["x"]}), "a.csv")
        assert read.result() == "name\nx\n"
    assert Path("a.csv").is_fifo()


def test_a_pipe_that_nobody_reads_on_is_told_in_a_sentence() -> None:
    os.mkfifo("a.csv")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: os.close(os.open("a.csv", os.O_RDONLY)))
        with pytest.raises(InputError) as caught:
            write_whole(Path("a.csv"), [b"x" * 1_000_000])
    assert str(caught.value) == "a.csv cannot be written: Broken pipe."


def test_a_write_that_fails_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    lay("a.csv", "old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError) as caught:
        write_whole(Path("a.csv"), [b"new"])
    assert str(caught.value) == "a.csv cannot be written: No space left on device."
    assert (Path("a.csv").read_text(), list(Path().iterdir())) == ("old", [Path("a.csv")])


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(InputError) as caught:
        write_table(pd.DataFrame({"name": ["x"]}), "no/a.csv")
    assert str(caught.value) == "no/a.csv cannot be written: No such file or directory. Name a folder that exists."


def test_a_dash_is_standard_input_and_output(monkeypatch: pytest.MonkeyPatch) -> None:
    into, out = io.BytesIO("name\n東\n".encode()), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(into))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out))
    write_table(read_table("-"), "-", format="tsv")
    assert out.getvalue() == "name\n東\n".encode()


def test_text_is_read_as_it_stands() -> None:
    assert read_text(lay("a.md", "\ufeff東\r\n\n")) == "東\r\n\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_column_names_those_that_are_there(kind: Any) -> None:
    table = kind({"nom": ["a"], "pays": ["FR"]})
    with pytest.raises(MissingColumn) as caught:
        column(table, "country", flag="country")
    assert str(caught.value) == (
        "There is no column 'country'; the table has 'nom', 'pays'. Name one of these with --country (country=)."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_put_behind_and_the_input_is_left_alone(kind: Any) -> None:
    cells = {"name": ["b", "a", "b"], "reason": ["1", "2", "3"], "n": ["x", "y", "z"]}
    table = kind(cells)
    made = add_columns(table, {"canonical_id": ["p", "q", "r"], "reason": ["", "", "s"]})
    assert type(made) is type(table)
    assert nw.from_native(made, eager_only=True).to_dict(as_series=False) == {
        "name": cells["name"],
        "n": cells["n"],
        "canonical_id": ["p", "q", "r"],
        "reason": ["", "", "s"],
    }
    assert list(nw.from_native(made, eager_only=True).columns) == ["name", "n", "canonical_id", "reason"]
    assert nw.from_native(table, eager_only=True).to_dict(as_series=False) == cells


@pytest.mark.parametrize("kind", [pl.DataFrame, pa.table])
def test_columns_that_are_empty_have_their_type_too(kind: Any) -> None:
    for cells in ([], [None, None]):
        made = add_columns(kind({"name": cells}), {"canonical_id": cells, "confidence": cells})
        linked = make_table(made, {"left_id": cells, "probability": cells, "decision": cells})
        assert nw.from_native(made, eager_only=True).schema["confidence"] == nw.Float64
        assert nw.from_native(made, eager_only=True).schema["canonical_id"] == nw.String
        assert nw.from_native(linked, eager_only=True).schema["probability"] == nw.Float64


def test_a_column_may_be_named_by_a_number_as_pandas_does() -> None:
    assert column(pd.DataFrame([["a", 1], ["b", 2]]), 0) == ["a", "b"]  # type: ignore[arg-type]


def test_columns_are_put_behind_those_of_a_table_of_text() -> None:
    table = TextTable({"name": ("b", "a"), "reason": ("1", "2"), "n": ("x", "y")})
    made = add_columns(table, {"canonical_id": ["p", "q"], "reason": ["", "s"]})
    assert (made.columns, column(made, "reason"), len(made)) == (["name", "n", "canonical_id", "reason"], ["", "s"], 2)
    with pytest.raises(MissingColumn):
        column(table, "country")


def test_a_pandas_index_is_kept_repeated_labels_too() -> None:
    table = pd.DataFrame({"name": ["b", "a", "b"]}, index=[5, 5, 7])
    made = add_columns(table, {"n": [1, 2, 3]})
    assert (made.index.tolist(), made["n"].tolist()) == ([5, 5, 7], [1, 2, 3])


def test_a_lazy_frame_is_collected() -> None:
    assert column(pl.LazyFrame({"name": ["b", "a"]}), "name") == ["b", "a"]


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        column(pd.DataFrame([[1, 2]], columns=["name", "name"]), "name")
    assert str(caught.value) == "The table has two columns of one name. Give each column a name of its own."


@pytest.mark.parametrize("value", [None, ["a"], {"name": ["a"]}, "a.csv", pd.Series(["a"])])
def test_what_is_no_frame_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError):
        column(value, "name")
