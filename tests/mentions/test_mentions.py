"""Affiliation strings: what is named is answered, several are several, and what only looks like a name is not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.mentions import Meant, find_institutions, list_mentions, pick_answers
from partnermatch.mentions.choice import (
    HIGHEST,
    LOWEST,
    OPEN,
    SHARE_OTHERS,
    SHARE_SAME,
    START,
    WEIGHTS,
    choose,
    weigh_claims,
)
from partnermatch.mentions.claims import CLAIMS, DETAILS
from partnermatch.mentions.experience import BELIEF, Seen, load_experience, recall, weigh_seen
from partnermatch.mentions.names import end_in_places, follow_honour
from partnermatch.mentions.rivals import find_runs
from partnermatch.mentions.tokens import lay_tokens
from partnermatch.mentions.trees import COLUMNS, STANDING, Node, load_trees, plant
from partnermatch.ranking import Ranking
from partnermatch.resolution import Bar, FoundInString, read_registry, recall_registry
from partnermatch.settings import Settings, TextSettings
from partnermatch.text.affiliations import read_affiliation, read_affiliations

PARTNERS = pd.DataFrame(
    [
        ("oslo", "University of Oslo", "NO"),
        ("bergen", "University of Bergen", "NO"),
        ("nanjing", "Nanjing University", "CN"),
        ("newcastle-uk", "Newcastle University", "GB"),
        ("newcastle-au", "University of Newcastle", "AU"),
        ("weizmann", "Weizmann Institute of Science", "IL"),
        ("kitami", "Kitami Institute of Technology", "JP"),
        ("sau", "University of South Alabama", "US"),
        ("sau", "USA", "US"),
        ("yale", "Yale University", "US"),
        ("baylor", "Baylor College of Medicine", "US"),
        ("drift", "Fjord Drift Institute", "NO"),
        ("drift", "FDI", "NO"),
    ],
    columns=["id", "name", "country"],
)
REGISTRY = pm.Registry.from_table(PARTNERS, id="id", name="name", country="country")
CASES = [
    ("Department of Physics, University of Oslo, Oslo, Norway", "oslo", "Department of Physics"),
    ("Dept. of Chemistry, Univ. Oslo", "oslo", "Dept. of Chemistry"),
    ("Kitami Inst. of Technol., Kitami, Japan", "kitami", ""),
    ("Newcastle University, Newcastle, United Kingdom", "newcastle-uk", ""),
    ("The Weizmann Institute of Science, Rehovot, Israel", "weizmann", ""),
    ("#TAB#University of Oslo, e-mail: a@uio.no", "oslo", ""),
    ("Current addressUniversity of Oslo", "oslo", ""),
    ("[Department of Physics, University of Oslo, Norway]", "oslo", "Department of Physics"),
    ("Baylor College of Med., Houston, USA", "baylor", ""),
    ("Fjord Drift Inst. (FDI), Bergen, Norway", "drift", ""),
    ("Nanjing University of Posts and Telecommunications, Nanjing, China", "", None),
    ("A Hospital of Nowhere, USA", "", None),
    ("Department of Urology, University of Bergen Hospital, Bergen, Norway", "", None),
]


@pytest.mark.parametrize(("text", "meant", "unit"), CASES)
def test_an_affiliation_names_its_institution_and_unit(text: str, meant: str, unit: str | None) -> None:
    answer = pm.resolve([text], REGISTRY).iloc[0]
    assert answer["canonical_id"] == meant
    assert unit is None or answer["unit"] == unit


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Yale School of Public Health", "yale"),
        ("Baylor Coll. of Med.", "baylor"),
    ],
)
def test_a_part_of_a_name_or_a_short_one_is_found(text: str, id: str) -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    found = find_institutions([read_affiliation(text, TextSettings())], [""], gazetteer, recall_registry(REGISTRY))
    assert id in [REGISTRY.ids[row] for row in found.institutions.tolist()]


@pytest.mark.parametrize(
    ("text", "id", "claim", "holds"),
    [
        ("Western Oslo University", "oslo", "behind_other_words", True),
        ("Saint Mary's University of Oslo, Norway", "oslo", "behind_other_words", True),
        ("Department of Physics University of Oslo", "oslo", "behind_other_words", False),
        ("FRED University of Oslo", "oslo", "behind_other_words", False),
        ("Physics 2 University of Oslo", "oslo", "behind_other_words", False),
        ("Physics, University of Oslo", "oslo", "behind_other_words", False),
        ("Nanjing University of Oslo", "nanjing", "university_of_more", True),
        ("Nanjing University of Posts and Telecommunications", "nanjing", "university_by_name", False),
        ("Weizmann Institute of Everything", "weizmann", "university_of_more", False),
    ],
)
def test_what_a_string_says_before_and_behind_a_name_is_a_claim(text: str, id: str, claim: str, holds: bool) -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    read = read_affiliation(text, TextSettings())
    found = find_institutions([read], [""], gazetteer, recall_registry(REGISTRY))
    place = [REGISTRY.ids[row] for row in found.institutions.tolist()].index(id)
    assert bool(found.claims[place, list(CLAIMS).index(claim)]) == holds


def test_words_are_known_behind_which_a_name_has_places_only() -> None:
    names = ["Fjordlund University in Bergen", "University of Oslo", "Oslo Institute of Physics"]
    tokens = lay_tokens([read_affiliation(name, TextSettings()) for name in names])
    everything = np.ones(len(tokens.parts), dtype=np.bool_)
    assert end_in_places(tokens, everything).tolist() == [False, True, True, True, True, False, False, True]


def test_words_are_known_that_say_in_whose_honour_a_name_is() -> None:
    names = ["Fjordlund Medical University named after Eirik Nordvik", "University of Oslo"]
    tokens = lay_tokens([read_affiliation(name, TextSettings()) for name in names])
    assert follow_honour(tokens).tolist() == [False] * 2 + [True] * 4 + [False] * 2


@pytest.mark.parametrize(
    ("text", "above", "found"),
    [
        ("Institute of Mathematics, Fjordlund Academy of Sciences", True, True),
        ("Institute of Mathematics of the Fjordlund Academy of Sciences", True, True),
        ("Institute of Mathematics, Fjordlund Academy of Sciences", False, False),
        ("Institute of Mathematics, Fjordlund", True, False),
    ],
)
def test_words_that_say_little_of_a_name_need_what_is_above_it_beside_them(text: str, above: bool, found: bool) -> None:
    names = {"institute": "Eirik Nordvik Institute of Mathematics", "academy": "Fjordlund Academy of Sciences"}
    registry = pm.Registry.from_table(pd.DataFrame({"id": names.keys(), "name": names.values()}), id="id", name="name")
    gazetteer = read_registry(registry, Settings()).gazetteer
    child, parent = (registry.find(id) for id in names)
    pairs = [child * len(names) + parent] if above else []
    institutions = gazetteer.institutions._replace(above=np.array(pairs, dtype=np.int64))
    gazetteer = gazetteer._replace(institutions=institutions)
    spotted = find_institutions([read_affiliation(text, TextSettings())], [""], gazetteer, recall_registry(registry))
    assert (child in spotted.institutions) is found


def test_a_word_of_a_university_before_no_school_is_none() -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    found = find_institutions(
        [read_affiliation("Yale Locks, 12 Yale Street", TextSettings())], [""], gazetteer, recall_registry(REGISTRY)
    )
    assert not len(found.institutions)


def test_below_what_holds_its_name_comes_what_is_above_it() -> None:
    institutions = read_registry(REGISTRY, Settings()).gazetteer.institutions
    child, parent, other = 0, 1, 2
    institutions = institutions._replace(above=np.array([child * len(institutions.countries) + parent]))
    whole, part = Meant(child, 0.7, 0, 3), Meant(parent, 0.9, 0, 1)
    assert pick_answers([part, whole], 0.5, institutions) == [whole, part]
    assert pick_answers([whole._replace(probability=0.95), part], 0.5, institutions)[1] == part
    assert pick_answers([part, whole], 0.5) == [part]
    assert pick_answers([part, whole], 0.8, institutions) == [part]
    assert pick_answers([part, Meant(other, 0.7, 0, 3)], 0.5, institutions) == [part]
    assert pick_answers([part, whole._replace(last=1)], 0.5, institutions) == [part]  # one run means one of them
    assert pick_answers([part, whole._replace(first=1)], 0.5, institutions) == [part]


def test_beside_a_likelier_one_an_answer_needs_more() -> None:
    likely, other = Meant(0, 0.7, 0, 1), Meant(1, 0.55, 3, 4)
    assert pick_answers([likely, other], 0.5) == [likely, other]
    assert pick_answers([likely, other], 0.5, beside=0.6) == [likely]
    assert pick_answers([likely, other._replace(probability=0.6)], 0.5, beside=0.6)[1].institution == other.institution
    assert pick_answers([other], 0.5, beside=0.6) == [other]


def test_what_the_registry_does_not_hold_is_no_answer_and_leaves_its_words_to_no_other() -> None:
    absent, other, elsewhere = Meant(0, 0.9, 0, 3, False), Meant(1, 0.6, 2, 3), Meant(2, 0.6, 5, 6)
    assert pick_answers([absent, other, elsewhere], 0.5) == [elsewhere]
    assert pick_answers([absent, elsewhere], 0.5, beside=0.7) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Fjordlund University, Norway", ["fjordlund"]),
        ("Department of Urology, Nordvik Hospital, Norway", []),
        ("Nordvik Hospital", []),
    ],
)
def test_an_institution_that_a_record_only_names_is_not_taken_for_its_relative(
    text: str, meant: list[str], tmp_path: Path
) -> None:
    record = {
        "id": "fjordlund",
        "status": "active",
        "types": ["education"],
        "names": [{"value": "Fjordlund University", "types": ["ror_display"]}],
        "locations": [{"geonames_details": {"country_code": "NO", "name": "Fjordlund"}}],
        "relationships": [{"type": "child", "id": "nordvik", "label": "Nordvik Hospital"}],
    }
    dump = tmp_path / "dump.json"
    dump.write_text(json.dumps([record]), encoding="utf-8")
    registry = pm.Registry.from_ror(dump)
    answer = pm.resolve([text], registry, candidates=5).iloc[0]
    assert [id for id in answer["all_ids"].split(";") if id] == meant
    assert "nordvik" not in answer["candidate_ids"]
    gazetteer = read_registry(registry, Settings()).gazetteer
    read = read_affiliation(text, TextSettings())
    found = find_institutions([read], [""], gazetteer, recall_registry(registry))
    assert found.listed.tolist() == [bool(meant)]
    assert found.claims[:, list(CLAIMS).index("unlisted")].tolist() == [not meant]


def test_what_was_seen_before_is_counts_of_institutions_of_ror() -> None:
    seen = load_experience()
    assert all(id.startswith("https://ror.org/") for id in seen)
    assert list(seen) == sorted(seen)
    assert all(0 <= own.meant <= own.named and own.named for own in seen.values())
    often = max(seen, key=lambda id: seen[id].named)
    (share, count), unknown = recall([often, "of nobody"]).tolist()
    assert unknown == recall(["of another nobody"])[0].tolist() == [BELIEF, 0.0]
    assert count == np.log1p(seen[often].named)
    assert abs(share - seen[often].meant / seen[often].named) < 0.01


def test_an_institution_that_was_often_named_and_never_meant_is_less_likely() -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    text = read_affiliation("Department of Physics, University of Oslo, Norway", TextSettings())

    def chance(seen: Seen) -> float:
        experience = weigh_seen([seen] * len(REGISTRY.ids))
        found = find_institutions([text], [""], gazetteer, experience)
        return list_mentions(found, 1)[0][0].probability

    assert chance(Seen(60, 0)) < chance(Seen(0, 0)) < chance(Seen(60, 60))


def test_a_likeness_counts_half_where_the_name_may_be_meant() -> None:
    assert Bar(0.8, 0.3).weigh(0.9) == pytest.approx(0.6)
    assert Bar(0.8).weigh(0.9) == 0.9


@pytest.mark.parametrize(
    ("chances", "placed", "answered"),
    [
        ({}, False, True),
        ({0: 0.4}, False, True),
        ({0: 0.2}, False, False),
        ({0: 0.2}, True, False),
        ({0: 0.001}, False, True),
        ({0: 0.4, 1: 0.2}, False, False),
        ({0: 0.4, 1: 0.2}, True, True),
    ],
)
def test_what_stands_in_a_string_and_is_unlikely_is_not_meant_for_being_alike(
    chances: dict[int, float], placed: bool, answered: bool
) -> None:
    ranking = Ranking(np.array([0, 1]), np.array([0]), np.zeros(1, dtype=np.bool_), np.array([0.99]))
    bar = FoundInString(None, chances, True, placed=placed).set_bar(ranking, 0, Settings())
    assert (ranking.probabilities[0] >= bar.least) == answered


def test_candidates_of_an_affiliation_are_listed_best_first() -> None:
    answer = pm.resolve(["University of Oslo and University of Bergen, Norway"], REGISTRY, candidates=5).iloc[0]
    scores = [float(score) for score in answer["candidate_scores"].split(";")]
    assert set(answer["candidate_ids"].split(";")) >= {"oslo", "bergen"}
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("addressGoogle", ["address", "Google"]),
        ("bioMérieux", ["bioMérieux"]),
        ("FREDUniversité de Limoges", ["FRED", "Université", "Limoges"]),
        ("Universidade do Estado do Pará, Belém", ["Universidade", "Estado", "Pará", "Belém"]),
        ("instituto para todos", ["instituto", "todos"]),
        ("Washington University in St. Louis", ["Washington", "University", "St. Louis"]),
    ],
)
def test_words_are_told_apart(text: str, words: list[str]) -> None:
    read = read_affiliation(text, TextSettings())
    assert [read.written(place, place) for place in range(len(read.tokens))] == words


def test_the_hospital_of_a_university_is_the_same_in_german() -> None:
    german, english = (
        read_affiliation(name, TextSettings()) for name in ("Universitätsklinikum Oslo", "University Hospital Oslo")
    )
    meanings = [{key for token in read.tokens for key in token.keys} for read in (german, english)]
    assert meanings[0] == meanings[1]


def test_a_name_is_sought_in_one_part_rather_than_across_a_comma() -> None:
    gazetteer = read_registry(REGISTRY, Settings()).gazetteer
    read = read_affiliation("Oslo University, Oslo", TextSettings())
    found = find_institutions([read], [""], gazetteer, recall_registry(REGISTRY))
    place = [REGISTRY.ids[row] for row in found.institutions.tolist()].index("oslo")
    assert (found.firsts[place], found.lasts[place]) == (0, 1)


def test_tokens_know_their_part_and_their_place() -> None:
    found = read_affiliation("Univ. of Tokyo (Japan); CNRS", TextSettings())
    assert [(found.folded[token.start : token.end], token.part, token.bracketed) for token in found.tokens][:3] == [
        ("univ", 0, False),
        ("tokyo", 0, False),
        ("japan", 1, True),
    ]
    assert found.tokens[-1].part > found.tokens[2].part


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hong Kong Univ. of Sci. & Technol.", "hong kong university of science and technology"),
        ("Acad. of Sci., Beijing", "academy of sciences beijing"),
        ("Coll. of Med.", "college of medicine"),
        ("Med. Coll.", "medical college"),
        ("Inst.of Phys.", "institute of physics"),
    ],
)
def test_abbreviations_are_spelled_out_where_words_are_compared(text: str, words: str) -> None:
    read = read_affiliation(text, TextSettings())
    last = len(read.tokens) - 1
    assert read.words(0, last) == words
    assert read.written(0, last) == text.removesuffix(".")


WRITTEN = st.lists(st.sampled_from(["Univ", "of", "Med", ".", ",", "&", "Yale", "(", ")", "東京", "İ"])).map(" ".join)


@given(texts=st.lists(WRITTEN, max_size=6))
def test_strings_that_are_read_together_are_read_as_each_alone(texts: list[str]) -> None:
    assert read_affiliations(texts, TextSettings()) == [read_affiliation(text, TextSettings()) for text in texts]


@given(text=WRITTEN)
def test_tokens_stand_where_they_say_whatever_is_abbreviated(text: str) -> None:
    read = read_affiliation(text, TextSettings())
    ends = [0]
    for token in read.tokens:
        assert ends[-1] <= token.start < token.end <= len(read.folded)
        ends.append(token.end)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DaLian JiaoTong University", ["DaLian", "JiaoTong", "University"]),
        ("[Univ. of Oslo]", ["Univ", "Oslo"]),
    ],
)
def test_capitals_within_a_name_and_brackets_around_everything_part_nothing(text: str, words: list[str]) -> None:
    read = read_affiliation(text, TextSettings())
    assert [read.written(place, place) for place in range(len(read.tokens))][: len(words)] == words
    assert not any(token.bracketed for token in read.tokens)


def test_weights_stand_for_all_claims_and_no_others() -> None:
    assert list(WEIGHTS) == list(CLAIMS)
    assert START < 0


@st.composite
def runs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Strings with runs of words in them."""
    rows = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), max_size=12))
    strings, firsts, lengths = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3).T
    return strings, firsts, firsts + lengths


@given(found=runs())
def test_pairs_of_runs_are_those_of_one_string(found: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    strings, firsts, lasts = found
    expected = set()
    for one in range(len(strings)):
        for two in range(len(strings)):
            if strings[one] == strings[two]:
                covered = set(range(firsts[one], lasts[one] + 1)) & set(range(firsts[two], lasts[two] + 1))
                expected.add((strings[one], firsts[one], lasts[one], firsts[two], lasts[two], bool(covered)))
    runs = find_runs(strings, firsts, lasts)
    assert (runs.firsts[runs.of].tolist(), runs.lasts[runs.of].tolist()) == (firsts.tolist(), lasts.tolist())
    own = dict(zip(runs.of.tolist(), strings.tolist(), strict=True))
    pairs = [
        (own[left], runs.firsts[left], runs.lasts[left], runs.firsts[right], runs.lasts[right], overlap)
        for left, right, overlap in zip(runs.left, runs.right, runs.overlap, strict=True)
    ]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == expected


@given(found=runs(), seed=st.integers(0, 9))
def test_odds_are_shared_with_all_others_of_the_string(
    found: tuple[np.ndarray, np.ndarray, np.ndarray], seed: int
) -> None:
    strings, firsts, lasts = found
    claims = np.random.default_rng(seed).random((len(strings), len(CLAIMS) + len(DETAILS)))
    scores = START + claims[:, : len(CLAIMS)] @ np.array([WEIGHTS[claim] for claim in CLAIMS])
    expected = []
    for one in range(len(strings)):
        taken = {True: 0.0, False: 0.0}
        for two in range(len(strings)):
            if one != two and strings[one] == strings[two]:
                taken[bool(firsts[one] <= lasts[two] and firsts[two] <= lasts[one])] += np.exp(
                    np.clip(scores[two], LOWEST, HIGHEST)
                )
        margin = scores[one] - SHARE_SAME * np.log1p(taken[True]) - SHARE_OTHERS * np.log1p(taken[False])
        expected.append([scores[one], np.log1p(taken[True]), np.log1p(taken[False]), margin])
    assert weigh_claims(strings, firsts, lasts, claims) == pytest.approx(np.array(expected).reshape(-1, len(STANDING)))


def follow(nodes: list[Node], row: dict[str, float]) -> float:
    """What trees add for a row, one question after the other."""
    found = {(node.tree, node.place): node for node in nodes}
    added = 0.0
    for tree in {node.tree for node in nodes}:
        place = 1
        while found[tree, place].column:
            place = 2 * place + (row[found[tree, place].column] > found[tree, place].limit)
        added += found[tree, place].adds
    return added


@st.composite
def forests(draw: st.DrawFn) -> list[Node]:
    """Trees of at most three questions one behind the other."""
    nodes = []
    for tree in range(draw(st.integers(1, 3))):
        open_ = [1]
        while open_:
            place = open_.pop()
            if place < 8 and draw(st.booleans()):
                nodes.append(
                    Node(tree, place, draw(st.sampled_from(COLUMNS[:4])), draw(st.sampled_from([0.0, 0.5])), 0.0)
                )
                open_ += [2 * place, 2 * place + 1]
            else:
                nodes.append(Node(tree, place, "", 0.0, draw(st.floats(-2, 2))))
    return nodes


@given(nodes=forests(), seed=st.integers(0, 9))
def test_trees_are_followed_from_question_to_question(nodes: list[Node], seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 3, (5, len(COLUMNS))) / 2
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in values.tolist()]
    assert plant(nodes).add_up(values) == pytest.approx([follow(nodes, row) for row in rows])


@pytest.mark.parametrize(
    ("column", "direction"), [("country_agrees", 1), ("as_written", 1), ("country_differs", -1), ("overlapping", -1)]
)
@given(seed=st.integers(0, 999))
def test_what_speaks_for_an_institution_never_speaks_against_it(column: str, direction: int, seed: int) -> None:
    before = np.random.default_rng(seed).choice([0.0, 0.5, 1.0], (3, len(COLUMNS)))
    after = before.copy()
    after[:, COLUMNS.index(column)] += 1.0
    assert np.all(direction * (load_trees().add_up(after) - load_trees().add_up(before)) >= -1e-9)


@given(found=runs(), seed=st.integers(0, 9))
def test_the_chances_of_overlapping_runs_are_shared(
    found: tuple[np.ndarray, np.ndarray, np.ndarray], seed: int
) -> None:
    strings, firsts, lasts = found
    claims = np.random.default_rng(seed).random((len(strings), len(CLAIMS) + len(DETAILS)))
    alone = [choose(strings[[row]], firsts[[row]], lasts[[row]], claims[[row]])[0] for row in range(len(strings))]
    chances = choose(strings, firsts, lasts, claims)
    assert np.all((chances >= 0) & (chances <= 1))
    assert np.all(chances <= np.maximum(alone, OPEN) + 1e-12)  # what is less likely is not looked at once more
