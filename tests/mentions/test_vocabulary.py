"""Misspelled words: read as the word of a name that they stand for where that makes a name, and left alone elsewhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import partnermatch as pm
from partnermatch.mentions import find_institutions
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.vocabulary import (
    MAX_MISSPELLED,
    MAX_NEIGHBOURS,
    MIN_LETTERS,
    build_vocabulary,
    mend_words,
)
from partnermatch.resolution import read_registry, recall_registry
from partnermatch.settings import Settings, TextSettings
from partnermatch.text.affiliations import Affiliation, read_affiliation, read_affiliations

NAMES = [
    ("aveiro", "University of Aveiro"),
    ("aveiro", "Universidade de Aveiro"),
    ("kabarak", "Kabarak University"),
    ("dartmouth", "Dartmouth Health"),
    ("kapiolani", "Kapiolani Medical Center for Women and Children"),
    ("travnik", "JU Bolnica Travnik"),
    ("gat", "Grupo de Ativistas em Tratamentos"),
    ("eberswalde", "Eberswalde University for Sustainable Development"),
    ("genentech", "Genentech"),
    ("fjordlund", "Fjordlund Center"),
    ("hospital", "Hospital of Belmara"),
    ("museum", "Museum of Belmora"),
    ("ider", "Ider University"),
    ("maria", "University of Maria"),
    ("marie", "Marie Institute"),
    ("lofar", "LOFAR University"),
    ("riken", "University of RIKEN"),
    ("oslo", "University of Oslo"),
]
REGISTRY = pm.Registry.from_table(pd.DataFrame(NAMES, columns=["id", "name"]), id="id", name="name")
CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[2] / "fixtures/affiliations/misspelled.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_registry(REGISTRY, Settings()).gazetteer


def mend(texts: list[str], gazetteer: Gazetteer) -> list[Affiliation]:
    return mend_words(read_affiliations(texts, TextSettings()), gazetteer.vocabulary, gazetteer.names)


@pytest.mark.parametrize(("text", "id"), CASES)
def test_a_misspelled_word_is_read_where_it_makes_a_name(text: str, id: str, gazetteer: Gazetteer) -> None:
    found = find_institutions([read_affiliation(text, TextSettings())], [""], gazetteer, recall_registry(REGISTRY))
    assert {REGISTRY.ids[row] for row in found.institutions.tolist()} == ({id} if id != "-" else set())


def test_what_is_read_as_another_word_is_still_written_as_it_was(gazetteer: Gazetteer) -> None:
    read = read_affiliation("University of Averio", TextSettings())
    (mended,) = mend(["University of Averio"], gazetteer)
    right = read_affiliation("University of Aveiro", TextSettings())
    assert mended.words(0, 1) == read.words(0, 1) == "university of averio"
    assert [token.keys for token in mended.tokens] == [token.keys for token in right.tokens]
    assert [token._replace(keys=()) for token in mended.tokens] == [token._replace(keys=()) for token in read.tokens]


def test_it_has_the_level_of_what_it_is_read_as(gazetteer: Gazetteer) -> None:
    (mended,) = mend(["Fjordlund Ceter"], gazetteer)
    assert mended.tokens[1].level == "body"


def test_names_are_read_as_they_are(gazetteer: Gazetteer) -> None:
    names = [name for _, name in NAMES]
    assert mend(names, gazetteer) == read_affiliations(names, TextSettings())


KNOWN = st.lists(st.text("ab", max_size=6).map(lambda rest: f"k{rest}"), max_size=MAX_NEIGHBOURS, unique=True)
ASKED = st.lists(st.text("kab", min_size=MIN_LETTERS, max_size=7), unique=True)


@given(KNOWN, ASKED)
def test_neighbours_are_those_that_comparing_every_word_finds(known: list[str], asked: list[str]) -> None:
    vocabulary = build_vocabulary(read_affiliations([f"{word} of Oslo" for word in known], TextSettings()))
    held = {word for word in known if len(word) >= MIN_LETTERS - 1}
    near = {
        word: {other for other in held if other[0] == word[0] and OSA.distance(word, other) == 1}
        for word in asked
        if word not in held
    }
    found = vocabulary.find_neighbours(asked)
    assert vocabulary.has(asked).tolist() == [word in held for word in asked]
    assert {word: {vocabulary.words[place] for place in places} for word, places in found.items()} == {
        word: others for word, others in near.items() if others
    }


def test_of_neighbours_the_commonest_come_first() -> None:
    names = ["Belmara of Oslo", "Belmora of Oslo", "Belmora of Bergen"]
    vocabulary = build_vocabulary(read_affiliations(names, TextSettings()))
    (places,) = vocabulary.find_neighbours(["belmra"]).values()
    assert [vocabulary.words[place] for place in places] == ["belmora", "belmara"]
    assert vocabulary.counts[places].tolist() == [2, 1]


@given(st.lists(st.sampled_from([text for text, _ in CASES]), max_size=8))
def test_what_a_string_says_does_not_depend_on_its_company(texts: list[str]) -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    assert mend(texts, gazetteer) == [mend([text], gazetteer)[0] for text in texts]


def test_readings_are_tried_in_portions(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in CASES]
    whole = mend(texts, gazetteer)
    monkeypatch.setattr("partnermatch.mentions.vocabulary.AT_ONCE", 1)
    assert mend(texts, gazetteer) == whole


def test_a_string_of_strange_words_is_left_alone(gazetteer: Gazetteer) -> None:
    strange = " ".join(["Averio"] * (MAX_MISSPELLED + 1))
    texts = [f"University of {strange}", f"University of {strange.removeprefix('Averio ')}"]
    assert [
        mended != read
        for mended, read in zip(mend(texts, gazetteer), read_affiliations(texts, TextSettings()), strict=True)
    ] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "averio " * 150_000,
        "averio " * 280,
        "averi" + "o" * 1_900,
        "University of A\u0301\u0301\u0301\u0301v" + "\u0301" * 500 + "erio",
        "University of \ud800Averio\udfff",
        "University of Averio\x00",
        "",
    ],
    ids=[
        "a million characters",
        "many words",
        "a long word",
        "combining marks",
        "lone surrogates",
        "a null",
        "nothing",
    ],
)
def test_hostile_strings_are_read(text: str, gazetteer: Gazetteer) -> None:
    (mended,) = mend([text], gazetteer)
    read = read_affiliation(text, TextSettings())
    assert (mended.text, mended.folded, len(mended.tokens)) == (read.text, read.folded, len(read.tokens))


def test_a_registry_without_words_has_no_neighbours() -> None:
    vocabulary = build_vocabulary([])
    assert vocabulary.find_neighbours(["averio"]) == {}
    assert not vocabulary.has(["averio"]).any()
