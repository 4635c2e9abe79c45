"""Running text: what is named in it is found where it stands."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.extraction.japanese import cut_japanese
from partnermatch.extraction.latin import cut_stretches, locate
from partnermatch.extraction.plain import Stretch, make_plain
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import read_affiliation

FOLDER = Path(__file__).parents[1] / "fixtures" / "affiliations"


@pytest.fixture(scope="module")
def registry() -> pm.Registry:
    partners = pd.read_csv(FOLDER / "registry.csv", keep_default_na=False)
    return pm.Registry.from_table(partners, id="id", name="name", country="country", alias="alias")


def test_institutions_are_found_where_they_stand(registry: pm.Registry) -> None:
    text = (FOLDER / "page.txt").read_text(encoding="utf-8")
    found = pm.extract(text, registry)
    assert [(mention.text, mention.canonical_id) for mention in found] == [
        ("Karolinska Institutet", "karolinska"),
        ("RIKEN", "riken"),
        ("University of Tokyo", "utokyo"),
        ("Tokyo Metropolitan University", "tokyo-metropolitan"),
        ("Kyoto University", "kyoto"),
        ("CERN", "cern"),
    ]
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(0.2 <= mention.probability <= 1 for mention in found)


def test_brackets_and_units_around_a_name_are_no_part_of_it(registry: pm.Registry) -> None:
    found = pm.extract("[Dept. of Phys., Univ. of Tokyo, Japan]", registry)
    assert [(mention.text, mention.canonical_id) for mention in found] == [("Univ. of Tokyo", "utokyo")]


def test_what_is_no_text_is_refused(registry: pm.Registry) -> None:
    with pytest.raises(TypeError, match="A text is a str, not int"):
        pm.extract(3, registry)  # type: ignore[arg-type]
    assert pm.extract("", registry) == []


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("理化学\u200b研究所", "riken"),
        ("理化学\u00ad研究所", "riken"),
        ("早稲田\U000e0100大学", "waseda"),
        ("ｶﾛﾘﾝｽｶ研究所", "karolinska"),
        ("ﾊｰﾊﾞｰﾄﾞ大学", "harvard"),
        (unicodedata.normalize("NFD", "ハーバード大学"), "harvard"),
        ("Karol\u00adinska Institutet", "karolinska"),
        ("University\u200b of Oxford", "oxford"),
        (unicodedata.normalize("NFD", "Université de Strasbourg"), "strasbourg"),
        ("Universit&eacute; de Strasbourg", "strasbourg"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "\U0001f600 We thank {}.", "&amp;\u200b 本研究は {} の支援を受けた。"])
def test_a_mention_is_what_is_written_whatever_stands_in_it(
    written: str, id: str, around: str, registry: pm.Registry
) -> None:
    text = around.format(written)
    start = text.index(written)
    (mention,) = pm.extract(text, registry)
    assert (mention.start, mention.text, mention.canonical_id) == (start, written, id)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(
    "text", ["財団の支援を受けた。", "研究所と大学病院を訪れた。", "本学会の会員", "公益財団法人の支援"]
)
def test_a_kind_alone_is_no_institution(text: str) -> None:
    named = pd.DataFrame({"name": ["日本財団", "日本総合研究所", "日本病院会", "日本学会"], "country": "JP"})
    registry = pm.Registry.from_table(named, id="name", name="name", country="country")
    assert pm.extract(text, registry) == []
    assert [mention.canonical_id for mention in pm.extract(f"日本財団、{text}", registry)] == ["日本財団"]


def test_japanese_without_any_stop_is_read_to_its_end(registry: pm.Registry) -> None:
    text = f"東京大学の{'東の海の' * 500}早稲田大学"
    assert [mention.canonical_id for mention in pm.extract(text, registry)] == ["utokyo", "waseda"]


@given(text=st.text(st.sampled_from("ａé\u0301\u200b&amp;ｶﾞカ\u3099 東\ud800A\U0001f600"), max_size=20))
def test_each_character_stands_where_it_was_written(text: str) -> None:
    plain = make_plain(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts) == sorted(plain.starts) and list(plain.ends) == sorted(plain.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))
    for sign, start, end in zip(plain.text, plain.starts, plain.ends, strict=True):
        assert end > start + 1 or sign in (text[start], unicodedata.normalize("NFKC", text[start]))


@given(text=st.text(max_size=80))
def test_stretches_stand_where_they_say(text: str) -> None:
    ends = [0]
    for stretch in cut_stretches(text):
        assert text[stretch.start : stretch.start + len(stretch.text)] == stretch.text
        assert stretch.start >= ends[-1]
        ends.append(stretch.start + len(stretch.text))


@given(
    words=st.lists(
        st.sampled_from(["Kyoto", "Universität", "東京大学", "(CERN)", "㈱日立", "MacauUniversity"]), min_size=1
    )
)
def test_every_word_is_located(words: list[str]) -> None:
    text = "  ".join(words)
    stretch = Stretch(0, text)
    read = read_affiliation(stretch.text, TextSettings())
    for place in range(len(read.tokens)):
        ((start, end),) = locate(stretch, read, [(place, place)])
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()


def load_passages() -> list[Any]:
    cases = []
    for line in (FOLDER / "passages.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        passage, named, *fails = line.split("\t")
        expected = [] if named == "-" else [tuple(pair.split(" = ")) for pair in named.split(" | ")]
        marks = [pytest.mark.xfail(strict=True)] if fails else []
        cases.append(pytest.param(passage, expected, id=passage[:30], marks=marks))
    return cases


@pytest.mark.parametrize("passage, expected", load_passages())
def test_passages_name_these_institutions(passage: str, expected: list[tuple[str, str]], registry: pm.Registry) -> None:
    found = pm.extract(passage, registry)
    assert [(mention.text, mention.canonical_id) for mention in found] == expected
    assert all(passage[mention.start : mention.end] == mention.text for mention in found)


JAPANESE = [
    "東京大学",
    "理化学研究所",
    "は",
    "および",
    "の支援を受けた",
    "。",
    "、",
    "ｉＰＳ",
    "RIKEN",
    "\n",
    "（",
    "がん研究会",
    "㌢",
]


@given(text=st.lists(st.sampled_from(JAPANESE), max_size=12).map("".join) | st.text(max_size=40))
def test_japanese_stretches_stand_where_they_say(text: str) -> None:
    end = 0
    for name in cut_japanese(text, TextSettings()):
        lengths = [len(way.text) for way in name.ways]
        assert lengths == sorted(lengths, reverse=True)
        assert all(text.startswith(way.text, name.start) and way.text.startswith(way.own) for way in name.ways)
        assert name.start >= end
        end = name.start + lengths[0]
