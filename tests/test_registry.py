"""The registry: columns out of a dump or a table, who took whose place, who is above whom, and every bad input."""

from __future__ import annotations

import hashlib
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from cases import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.errors import InputError, MissingColumn
from partnermatch.registry import Registry, dump
from partnermatch.registry.families import follow
from partnermatch.registry.records import STATUSES
from partnermatch.settings import Settings

pytestmark = pytest.mark.usefixtures("empty_folder")

DUMP = FIXTURES / "registry_cases" / "dump.json"
UNIVERSITY, HOSPITAL, INSTITUTE, COLLEGE, BUREAU, SOCIETY, OPTICS, JOINT, GROUP, SCHOOL, CENTRE, HANBIT, ARCHIVE = (
    f"https://ror.org/0aaaaaa{number:02}" for number in range(1, 14)
)
KINDS = [pd.DataFrame, pl.DataFrame, pa.table]
FIELDS = ("id", "status", "types", "names", "locations", "relationships")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.from_ror(DUMP)


def make(id: str, **fields: Any) -> dict[str, Any]:
    """A record as short as the schema allows, with fields put over it."""
    return {"id": id, "status": "active", "names": [{"value": f"Name of {id}"}], **fields}


def relate(kind: str, *ids: str) -> list[dict[str, str]]:
    return [{"type": kind, "id": id} for id in ids]


def lay(content: object, name: str = "dump.json") -> str:
    """A file of bytes, of text, or of records as JSON."""
    text = content if isinstance(content, (bytes, str)) else json.dumps(content)
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def pack(members: dict[str, str | bytes], name: str = "dump.zip") -> str:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return lay(buffer.getvalue(), name)


def refuse(path: str) -> str:
    with pytest.raises(InputError) as caught:
        Registry.from_ror(path)
    return str(caught.value)


def columns(registry: Registry) -> dict[str, Any]:
    """All that a registry says, but for where it was read."""
    said = {name: getattr(registry, name) for name in Registry.__dataclass_fields__ if name not in ("source", "sha256")}
    return {**said, "owners": registry.owners.tolist(), "listings": registry.listings.tolist()}


def test_a_dump_becomes_columns_sorted_by_id(registry: Registry) -> None:
    assert (len(registry), repr(registry)) == (13, "Registry('dump.json', 13 institutions, 24 names)")
    assert registry.ids[:3] == (UNIVERSITY, HOSPITAL, INSTITUTE)
    assert registry.display_names[:4] == (
        "Tsukimi University",
        "Tsukimi University Hospital",
        "Nordvik Institute",
        "Nordvik College",
    )
    assert registry.countries == ("JP", "JP", "SE", "SE", "JP", "DE", "DE", "JP", "JP", "SE", "SE", "KR", "")
    assert registry.cities[:2] == ("Tsukimi", "Tsukimi")
    assert (registry.regions[0], registry.region_codes[0], registry.listings[0].sum()) == ("", "", 0)
    assert [registry.statuses[row] for row in (0, 3, 4)] == ["active", "withdrawn", "inactive"]
    assert registry.types[:2] == (("education", "funder"), ("healthcare",))
    assert registry.successors[3:5] == ((INSTITUTE,), (UNIVERSITY, HOSPITAL))
    assert registry.parents[7] == (UNIVERSITY, OPTICS)
    assert registry.children[0] == (HOSPITAL, JOINT)
    assert registry.related[1:3] == ((INSTITUTE,), (HOSPITAL,))


def test_names_stand_with_owner_language_and_kind_the_one_to_show_first(registry: Registry) -> None:
    rows = list(zip(registry.texts, registry.owners.tolist(), registry.languages, registry.kinds, strict=True))
    assert rows[:4] == [
        ("Tsukimi University", 0, "en", "display"),
        ("月見大学", 0, "ja", "label"),
        ("Tsukimi Daigaku", 0, "", "alias"),
        ("TMU", 0, "", "acronym"),
    ]
    assert ("HG", 5, "", "acronym") in rows
    assert registry.owners.dtype == np.int64


def test_the_source_its_hash_and_what_is_not_there_are_said(registry: Registry) -> None:
    assert registry.source == "dump.json"
    assert registry.sha256 == hashlib.sha256(DUMP.read_bytes()).hexdigest()
    assert registry.notes == ("2 successors and parents that records name are not in dump.json.",)


def test_what_records_name_and_the_registry_does_not_hold_is_known_by_name(registry: Registry) -> None:
    absent = registry.absent
    assert absent.ids == ("https://ror.org/0aaaaaa98", "https://ror.org/0aaaaaa99")
    assert absent.names == (("World Weather Archive",), ("Hanbit Foundation",))
    assert absent.countries == ("", "KR")
    assert (absent.parents, absent.children, absent.predecessors) == (((), ()), ((), (HANBIT,)), ((ARCHIVE,), ()))


@pytest.mark.parametrize(
    ("relatives", "names", "country", "parents"),
    [
        ([("a", "SE", "child", "Tide House")], ("Tide House",), "SE", ("a",)),
        ([("a", "SE", "child", "Tides (Japan)")], ("Tides (Japan)",), "JP", ("a",)),
        ([("a", "SE", "child", "Tides (Old)")], ("Tides (Old)",), "SE", ("a",)),
        (
            [("b", "DE", "related", "Tide House"), ("a", "SE", "child", "House of Tides")],
            ("House of Tides", "Tide House"),
            "",
            ("a",),
        ),
        ([("b", "SE", "child", "Tide House"), ("a", "SE", "child", "Tide House")], ("Tide House",), "SE", ("a", "b")),
        ([("a", "", "parent", "Tide House")], ("Tide House",), "", ()),
    ],
)
def test_an_absent_institution_is_what_its_relatives_say(
    relatives: list[tuple[str, str, str, str]], names: tuple[str, ...], country: str, parents: tuple[str, ...]
) -> None:
    records = [
        make(
            id,
            locations=[{"geonames_details": {"country_code": code}}],
            relationships=[{"type": kind, "id": "x", "label": name}],
        )
        for id, code, kind, name in relatives
    ]
    absent = Registry.from_ror(lay(records)).absent
    assert (absent.ids, absent.names, absent.countries, absent.parents) == (("x",), (names,), (country,), (parents,))


def test_a_relative_without_a_name_is_not_known() -> None:
    assert Registry.from_ror(lay([make("a", relationships=relate("child", "x"))])).absent.ids == ()


def test_a_relative_of_the_same_name_is_a_branch_and_not_known() -> None:
    branch = {"type": "child", "id": "x", "label": "NAME of a"}
    assert Registry.from_ror(lay([make("a", relationships=[branch])])).absent.ids == ()


@pytest.mark.parametrize("kinds", [("child", "related"), ("related", "child")])
def test_what_a_relative_is_does_not_hang_on_the_order_of_a_record(kinds: tuple[str, ...]) -> None:
    relatives = [{"type": kind, "id": "x", "label": "Tide House"} for kind in kinds]
    assert Registry.from_ror(lay([make("a", relationships=relatives)])).absent.parents == (("a",),)


def test_a_withdrawn_record_means_what_took_its_place_though_that_is_absent(registry: Registry) -> None:
    gazetteer = registry.read(Settings()).gazetteer
    owner = int(gazetteer.names.owners[list(registry.texts).index("Tsukimi Weather Archive")])
    assert (owner, bool(gazetteer.institutions.listed[owner])) == (len(registry), False)
    assert gazetteer.institutions.is_above(len(registry) + 1, registry.find(HANBIT))


@pytest.mark.parametrize(
    "layout",
    [
        lambda text: lay("\ufeff" + text),
        lambda text: lay(json.dumps(json.loads(text), indent=2)),
        lambda text: pack({"v2.0-ror-data.json": text}, "dump.json"),
        lambda text: pack({"v1.5-ror-data.json": "[]", "v1.5-ror-data_schema_v2.json": text}, "dump.json"),
        lambda text: pack({"dump.csv": "id", "__MACOSX/._dump.json": b"\0", "folder/dump.json": text}, "dump.json"),
    ],
    ids=["byte order mark", "indented", "zip", "zip of both schemas", "zip with other files"],
)
def test_a_dump_says_the_same_however_it_is_laid_out(registry: Registry, layout: Callable[[str], str]) -> None:
    assert columns(Registry.from_ror(layout(DUMP.read_text(encoding="utf-8")))) == columns(registry)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_it_does_not_matter_where_the_file_is_cut_into_chunks(
    registry: Registry, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "CHUNK", size)
    text = DUMP.read_text(encoding="utf-8")
    assert columns(Registry.from_ror(lay("\ufeff" + text))) == columns(registry)


@pytest.mark.parametrize(
    "id", [HOSPITAL, " " + HOSPITAL + "/", "ror.org/0aaaaaa02", "0AAAAAA02", "http://ror.org/0aaaaaa02"]
)
def test_an_id_is_found_however_it_is_written(registry: Registry, id: str) -> None:
    assert registry.find(id) == 1
    assert registry.names_of(id) == ("Tsukimi University Hospital", "月見大学病院")


def test_an_id_that_is_not_there_is_no_row_and_asked_after_it_is_refused(registry: Registry) -> None:
    assert [registry.find(id) for id in ("", "0aaaaaa77", "月見大学")] == [-1, -1, -1]
    for ask in (registry.current, registry.root, registry.names_of):
        with pytest.raises(InputError) as caught:
            ask("0aaaaaa77")
        assert str(caught.value) == (
            "There is no institution '0aaaaaa77' in dump.json: give an id such as 'https://ror.org/0aaaaaa01'."
        )


def test_an_id_that_is_no_text_is_a_type_error(registry: Registry) -> None:
    with pytest.raises(TypeError) as caught:
        registry.find(7)  # type: ignore[arg-type]
    assert str(caught.value) == "An id is a text, not int."


@pytest.mark.parametrize(
    ("id", "current"),
    [(UNIVERSITY, UNIVERSITY), (COLLEGE, INSTITUTE), (SCHOOL, INSTITUTE), (BUREAU, BUREAU), (ARCHIVE, ARCHIVE)],
    ids=["active", "withdrawn", "withdrawn twice", "closed stays", "successor not there"],
)
def test_a_withdrawn_record_leads_to_what_took_its_place(registry: Registry, id: str, current: str) -> None:
    assert registry.current(id) == current


@pytest.mark.parametrize(
    ("id", "root"),
    [
        (UNIVERSITY, UNIVERSITY),
        (HOSPITAL, UNIVERSITY),
        (OPTICS, SOCIETY),
        (JOINT, JOINT),
        (GROUP, JOINT),
        (CENTRE, INSTITUTE),
        (COLLEGE, INSTITUTE),
        (HANBIT, HANBIT),
    ],
    ids=["top", "child", "society", "joint", "in a joint one", "withdrawn parent", "withdrawn", "parent not there"],
)
def test_the_root_is_where_all_ways_up_meet(registry: Registry, id: str, root: str) -> None:
    assert registry.root(id) == root


def test_several_ways_up_to_one_top_are_one_family() -> None:
    records = [
        make("top"),
        make("a", relationships=relate("parent", "top")),
        make("b", relationships=relate("parent", "a", "top")),
        make("c", relationships=relate("parent", "a", "b")),
    ]
    registry = Registry.from_ror(lay(records))
    assert [registry.root(id) for id in registry.ids] == ["top"] * 4


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ("a>a", "a"),
        ("b>c c>b", "bb"),
        ("c>d d>e e>c a>c b>a", "ccccc"),
        ("a>b b>c c>b d>a", "bbbb"),
        ("a>b b>a c>d d>c", "aacc"),
    ],
)
@pytest.mark.parametrize("kind", ["parent", "successor"])
def test_a_circle_ends_at_its_smallest_id(kind: str, edges: str, expected: str) -> None:
    above = dict(edge.split(">") for edge in edges.split())
    status = "withdrawn" if kind == "successor" else "active"
    records = [make(id, status=status, relationships=relate(kind, above[id])) for id in above]
    registry = Registry.from_ror(lay(records))
    ask = registry.current if kind == "successor" else registry.root
    assert "".join(map(ask, registry.ids)) == expected
    assert "".join(map(registry.root, registry.ids)) == expected


def test_a_long_chain_of_successors_takes_no_time_for_all_pairs() -> None:
    count = 20_000
    begun = time.perf_counter()
    assert set(follow({row: row + 1 for row in range(count)}, count + 1)) == {count}
    assert set(follow({row: (row + 1) % count for row in range(count)}, count)) == {0}
    assert time.perf_counter() - begun < 5


GRAPHS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from(STATUSES), st.sets(st.sampled_from("abcdef"), max_size=3)),
    min_size=1,
)


@given(
    graph=GRAPHS, kinds=st.lists(st.sampled_from(["parent", "successor"]), min_size=6, max_size=6), seed=st.randoms()
)
def test_the_order_of_records_changes_nothing(
    graph: dict[str, tuple[str, set[str]]], kinds: list[str], seed: random.Random
) -> None:
    records = [
        make(id, status=status, relationships=relate(kind, *sorted(others)))
        for kind, (id, (status, others)) in zip(kinds, graph.items(), strict=False)
    ]
    first = Registry.from_ror(lay(records))
    seed.shuffle(records)
    for record in records:
        seed.shuffle(record["relationships"])
    second = Registry.from_ror(lay(records))
    assert columns(first) == columns(second)
    assert [(first.current(id), first.root(id)) for id in first.ids] == [
        (second.current(id), second.root(id)) for id in first.ids
    ]
    assert all(first.current(first.current(id)) == first.current(id) for id in first.ids)
    assert all(first.root(first.root(id)) == first.root(id) for id in first.ids)


def test_of_two_records_with_one_id_the_first_is_kept_and_the_other_is_noted() -> None:
    records = [make("a", names=[{"value": "First"}]), make("b"), make("a", names=[{"value": "Second"}])]
    registry = Registry.from_ror(lay(records))
    assert (registry.ids, registry.names_of("a")) == (("a", "b"), ("First",))
    assert registry.notes == ("Record 3 has the id of record 1 ('a') and was left out.",)


def test_fields_that_the_schema_leaves_open_may_be_missing_or_null() -> None:
    names = [{"value": " Name ", "types": None, "lang": None}, {"value": "Name"}]
    registry = Registry.from_ror(lay([make("a", names=names, types=None, locations=None, relationships=None)]))
    assert (registry.countries, registry.types, registry.texts) == (("",), ((),), ("Name",))


def test_every_id_that_another_registry_has_for_an_institution_is_counted() -> None:
    ids = [{"type": "fundref", "all": ["1", "2"], "preferred": None}, {"type": "grid", "all": ["g"]}, {"type": "isni"}]
    ids += [{"type": "wikidata", "all": ["w"]}, {"type": "wikidata", "all": ["v"]}, {"type": "orgref", "all": ["o"]}]
    registry = Registry.from_ror(lay([make("a", external_ids=ids), make("b")]))
    assert registry.listings.tolist() == [[2, 1, 0, 2], [0, 0, 0, 0]]


def test_what_other_registries_list_is_better_known_than_what_has_many_names() -> None:
    names = [{"value": name} for name in ("Moon School", "Moon College", "Lunar College")]
    listed = [{"type": "fundref", "all": ["1", "2"]}]
    registry = Registry.from_ror(lay([make("a", names=names), make("b", external_ids=listed)]))
    assert np.diff(registry.read(Settings()).gazetteer.institutions.prominence) > 0


V1 = (
    "dump.json has the schema v1 of ROR (record 1 has 'name', not 'names'): "
    "take the file of schema v2 from the same release."
)
REPAIR = "repair or remove it."


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (True, f"dump.json, record 2, is true where an object with id and names must stand: {REPAIR}"),
        (None, f"dump.json, record 2, is null where an object with id and names must stand: {REPAIR}"),
        ([], f"dump.json, record 2, is a list where an object with id and names must stand: {REPAIR}"),
        ({}, f"dump.json, record 2, has no id: {REPAIR}"),
        (make(" "), f"dump.json, record 2, has no id: {REPAIR}"),
        ({"id": 7}, f"dump.json, record 2, has a number in id where a text must stand: {REPAIR}"),
        (make("x", names=[]), f"dump.json, record 2 (x), has no names: {REPAIR}"),
        ({"id": "x", "status": "active"}, f"dump.json, record 2 (x), has no names: {REPAIR}"),
        (make("x", names="N"), f"dump.json, record 2 (x), has a text in names where a list must stand: {REPAIR}"),
        (
            make("x", names=["N"]),
            f"dump.json, record 2 (x), has a text in names[1] where an object must stand: {REPAIR}",
        ),
        (
            make("x", names=[{"value": "N"}, {"value": " "}]),
            f"dump.json, record 2 (x), has no text in its name 2: {REPAIR}",
        ),
        (
            make("x", names=[{"value": ["N"]}]),
            f"dump.json, record 2 (x), has a list in names[1].value where a text must stand: {REPAIR}",
        ),
        (
            make("x", names=[{"value": "N", "types": [None]}]),
            f"dump.json, record 2 (x), has null in names[1].types[1] where a text must stand: {REPAIR}",
        ),
        (make("x", types=[True]), f"dump.json, record 2 (x), has true in types[1] where a text must stand: {REPAIR}"),
        (
            make("x", status="gone"),
            "dump.json, record 2 (x), has the status 'gone': it must be one of active, inactive, withdrawn.",
        ),
        (
            make("x", status=None),
            "dump.json, record 2 (x), has the status '': it must be one of active, inactive, withdrawn.",
        ),
        (
            make("x", locations=[{"geonames_details": 1.5}]),
            f"dump.json, record 2 (x), has a number in locations[1].geonames_details where an object must stand: {REPAIR}",
        ),
        (
            make("x", relationships=[{"type": "parent", "id": {}}]),
            f"dump.json, record 2 (x), has an object in relationships[1].id where a text must stand: {REPAIR}",
        ),
        ({"id": "x", "name": "N"}, V1.replace("record 1", "record 2")),
    ],
)
def test_a_record_that_is_not_as_the_schema_has_it_is_named(record: object, message: str) -> None:
    assert refuse(lay([make("a"), record])) == message


def test_an_id_is_shown_on_one_line_and_not_whole() -> None:
    shown = r"x\ud800\n" * 20
    assert refuse(lay([make("x\ud800\n" * 40, names=None)])) == f"dump.json, record 1 ({shown}), has no names: {REPAIR}"


CUT = "the file may be cut short, take it anew."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "dump.json is not a list of records: give the ROR dump, schema v2, as .zip or .json."),
        ("{}", "dump.json is not a list of records: give the ROR dump, schema v2, as .zip or .json."),
        ("id,name\n", "dump.json is not a list of records: give the ROR dump, schema v2, as .zip or .json."),
        ("[]", "dump.json holds no institutions: at least one is needed."),
        ("[", f"dump.json, record 1, is not whole JSON (Expecting value): {CUT}"),
        ("[{},]", "dump.json, record 1, has no id: repair or remove it."),
        ([{"id": "x", "name": "N", "status": "active"}], V1),
        (b'[{"id": "\xff"}]', "dump.json is not UTF-8: byte 9 does not fit. Take the dump anew."),
        (b'\xef\xbb\xbf[{"id": "\xe6\x9c', "dump.json is not UTF-8: byte 12 does not fit. Take the dump anew."),
        ('[{"a":' * 100_000, "dump.json, record 1, is nested too deeply to be read: repair or remove it."),
        ("[" * 100_000, "dump.json, record 1, is nested too deeply to be read: repair or remove it."),
        ('[{"n": ' + "9" * 5_000 + "}]", "dump.json, record 1, has a number of too many digits: repair or remove it."),
    ],
    ids=str,
)
@pytest.mark.parametrize("chunk", [1, dump.CHUNK])
def test_a_file_that_is_no_dump_is_refused(
    content: object, message: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "CHUNK", chunk if len(str(content)) < 10_000 else dump.CHUNK)
    assert refuse(lay(content)) == message


ONE = json.dumps(make("a"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"[{ONE},]", f"dump.json, record 2, is not whole JSON (Expecting value): {CUT}"),
        (f"[{ONE}", f"dump.json, record 1, is not whole JSON (a comma or the end of the list must follow): {CUT}"),
        (
            f"[{ONE} {ONE}]",
            f"dump.json, record 1, is not whole JSON (a comma or the end of the list must follow): {CUT}",
        ),
        (f"[{ONE}, {ONE[:-9]}", f"dump.json, record 2, is not whole JSON (Unterminated string starting at): {CUT}"),
        (f"[{ONE}, {{id: 1}}]", "dump.json, record 2, is not whole JSON (Expecting property name): " + CUT),
        (f"[{ONE}]x", "dump.json goes on after the end of its list: take the dump anew."),
    ],
)
def test_a_file_that_is_not_whole_says_from_which_record(content: str, message: str) -> None:
    assert refuse(lay(content)).replace(" enclosed in double quotes", "") == message


def test_a_half_written_dump_is_always_refused() -> None:
    data = DUMP.read_bytes().rstrip()
    for size in range(0, len(data), 97):
        assert refuse(lay(data[:size])).endswith(".")


def test_a_record_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "MAX_RECORD", 1_000)
    monkeypatch.setattr(dump, "CHUNK", 100)
    assert refuse(lay('[{"id": "' + "x" * 1_000_000)) == (
        f"dump.json, record 1, is not whole JSON (Unterminated string starting at): {CUT}"
    )


def test_a_file_that_is_not_there_or_a_folder_is_refused() -> None:
    Path("folder").mkdir()
    assert refuse("no.zip") == "no.zip cannot be read: No such file or directory. Check the path."
    assert refuse("folder") == "folder cannot be read: Is a directory. Check the path."


@pytest.mark.parametrize(
    ("members", "held"),
    [({}, "none"), ({"a.csv": "id"}, "none"), ({"a.json": "[]", "b.json": "[]"}, "'a.json', 'b.json'")],
)
def test_a_zip_without_one_dump_is_refused(members: dict[str, str | bytes], held: str) -> None:
    path = pack(members)
    assert (
        refuse(path) == f"dump.zip must hold one .json file and holds {held}: unpack it and give the file of schema v2."
    )


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    path = pack({"a.json": b"[" + b" " * 10_000_000})
    most = Path(path).stat().st_size * dump.MAX_RATIO
    assert refuse(path) == (
        f"dump.zip unpacks to more than {most} bytes (200 times its size), which no ROR dump does: take the dump anew."
    )


def test_a_dump_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "MAX_BYTES", 1_000)
    expected = "unpacks to more than 1000 bytes (1000 in all), which no ROR dump does: take the dump anew."
    assert refuse(lay(DUMP.read_bytes())) == f"dump.json {expected}"
    assert refuse(pack({"a.json": DUMP.read_bytes()})) == f"dump.zip {expected}"


def test_a_zip_bomb_that_declares_too_little_is_refused() -> None:
    data = bytearray(Path(pack({"a.json": b"[" + b" " * 10_000_000})).read_bytes())
    directory = data.rindex(b"PK\1\2")
    data[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    assert refuse(lay(bytes(data), "dump.zip")) == (
        "dump.zip is a .zip file that cannot be unpacked (Bad CRC-32 for file 'a.json'): take the dump anew."
    )


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(Path(pack({"a.json": DUMP.read_bytes()})).read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\1\2") + 8] |= 1
    assert refuse(lay(bytes(data), "dump.zip")) == (
        "dump.zip is locked with a password: unpack it and give its .json file."
    )


@given(place=st.integers(0, 2_000), byte=st.integers(0, 255), cut=st.integers(0, 400))
def test_a_damaged_zip_is_read_or_refused(place: int, byte: int, cut: int) -> None:
    data = bytearray(Path(pack({"a.json": DUMP.read_bytes()})).read_bytes())
    data[place % len(data)] = byte
    path = lay(bytes(data[: len(data) - max(cut - 200, 0)]), "dump.zip")
    try:
        assert len(Registry.from_ror(path)) == 13
    except InputError as error:
        assert str(error).startswith("dump.zip ")


@given(record=JSON)
def test_any_value_in_place_of_a_record_is_read_or_refused(record: object) -> None:
    assert refuse(lay([make("a"), record])).startswith("dump.json, record 2")


@given(
    field=st.sampled_from(FIELDS),
    value=JSON
    | st.lists(st.dictionaries(st.sampled_from(["value", "lang", "types", "type", "id", "geonames_details"]), JSON)),
)
def test_any_value_in_place_of_a_field_is_read_or_refused(field: str, value: object) -> None:
    path = lay([make("a"), {**make("b"), field: value}])
    try:
        registry = Registry.from_ror(path)
    except InputError as error:
        assert str(error).startswith("dump.json, record 2")
    else:
        assert all(registry.names_of(id) and registry.current(id) and registry.root(id) for id in registry.ids)


TABLE: dict[str, Sequence[Any]] = {
    "code": ["p2", "p1", "p2", "p1"],
    "partner": ["月見大学", "Nordvik Institute", "Tsukimi University", "Nordvik Institute"],
    "short": ["TMU", None, "", "NI"],
    "land": [None, "SE", "JP", "FI"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_table_that_share_an_id_are_names_of_one_institution(kind: Any) -> None:
    table = kind(TABLE)
    registry = Registry.from_table(table, id="code", name="partner", country="land", alias="short")
    assert (registry.ids, registry.display_names) == (("p1", "p2"), ("Nordvik Institute", "月見大学"))
    assert registry.countries == ("SE", "JP")
    assert (registry.names_of("p1"), registry.names_of("p2")) == (
        ("Nordvik Institute", "NI"),
        ("月見大学", "TMU", "Tsukimi University"),
    )
    assert registry.kinds == ("display", "alias", "display", "alias", "alias")
    assert (registry.source, registry.notes, registry.root("p1"), registry.current("p1")) == ("table", (), "p1", "p1")


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_is_left_as_it_is(kind: Any) -> None:
    table, before = kind(TABLE), kind(TABLE)
    Registry.from_table(table, id="code", name="partner", country="land", alias=["short", "land"])
    assert table.equals(before)


def test_the_same_cells_have_the_same_hash_in_any_kind_of_frame() -> None:
    made = [Registry.from_table(kind(TABLE), id="code", name="partner", alias="short") for kind in KINDS]
    other = Registry.from_table(pd.DataFrame(TABLE).iloc[:3], id="code", name="partner", alias="short")
    assert len({registry.sha256 for registry in made}) == 1
    assert other.sha256 != made[0].sha256


def test_one_column_may_be_id_and_name() -> None:
    assert Registry.from_table(pd.DataFrame(TABLE), id="partner", name="partner").names_of("月見大学") == ("月見大学",)


def test_numbers_are_ids_and_what_is_missing_is_empty() -> None:
    table = pd.DataFrame(
        {"id": [7.0, 8.5], "name": ["A", "B"], "alias": pd.array([pd.NA, "C"]), "at": [np.nan, pd.NaT]}
    )
    registry = Registry.from_table(table, id="id", name="name", alias=["alias", "at"])
    assert (registry.ids, registry.texts) == (("7", "8.5"), ("A", "B", "C"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "A"), (None, "B")], "Row 2 of the table has no id: give every row the id of its institution."),
        ([("a", "A"), (" ", "B")], "Row 2 of the table has no id: give every row the id of its institution."),
        ([("a", "A"), ("b", ""), ("b", None)], "Row 2 of the table (b) has no name: give every id at least one name."),
        ([], "table holds no institutions: at least one is needed."),
    ],
)
def test_a_row_that_names_no_institution_is_named(rows: list[tuple[Any, Any]], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Registry.from_table(pd.DataFrame(rows, columns=["id", "name"], dtype=object), id="id", name="name")
    assert str(caught.value) == message


@pytest.mark.parametrize("flag", ["id", "name", "country", "alias"])
def test_a_missing_column_is_named_with_its_option(flag: str) -> None:
    options = {"id": "code", "name": "partner", flag: "nothing"}
    with pytest.raises(MissingColumn) as caught:
        Registry.from_table(pd.DataFrame(TABLE), **options)
    assert str(caught.value) == (
        "There is no column 'nothing'; the table has 'code', 'partner', 'short', 'land'. "
        f"Name one of these with --{flag} ({flag}=)."
    )


def test_what_is_no_frame_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        Registry.from_table(["a"], id="id", name="name")


def test_bytes_in_a_table_are_read_as_text() -> None:
    table = pd.DataFrame({"id": [b"a"], "name": ["東京大学".encode()]})
    assert Registry.from_table(table, id="id", name="name").names_of("a") == ("東京大学",)
