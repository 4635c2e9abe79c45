"""Words are linked where they are spelled or sound alike, and only distinctive words and places are."""

from __future__ import annotations

import numpy as np
import pytest
from cases import read_cases
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from synthetic import TEXTS, make_atoms

from partnermatch import links
from partnermatch.links import Kind, ask_links, find_links, index_links
from partnermatch.links.findings import Vocabulary
from partnermatch.links.romanizations import OTHER_ROMANIZATION
from partnermatch.model import Atoms, Links, Role
from partnermatch.profiles import build_profiles
from partnermatch.settings import LinkSettings, Settings
from partnermatch.text.segment import script_of

NEAR_WORDS = st.text(alphabet="lqx", min_size=3, max_size=8)  # no word of these is Japanese
VOCABULARY = st.lists(NEAR_WORDS, unique=True, max_size=12).map(sorted)
MIXED = st.lists(
    NEAR_WORDS
    | st.sampled_from(
        ("バテエ", "パテエ", "パテ", "denshi", "電子", "北楡", "hokuyu", "서울", "batee", "batea", "緑内障", "glaucoma")
    ),
    unique=True,
    max_size=12,
)
PLACES = ("バテエ", "パテエ", "北楡")
KINDS = tuple(links._KINDS.values())
FEW_LETTERS = LinkSettings(min_typo_letters=4, two_typo_letters=6, min_sound=1.0)


def make_mixed(words: list[str], roles: list[Role] | None = None) -> Atoms:
    """A vocabulary of words in their scripts, of which those that are not in Latin letters are read alike."""
    readings = [(word if word.isascii() else "batee",) for word in words]
    return make_atoms(words, roles=roles, scripts=[script_of(word) for word in words], readings=readings)


def list_links(links: Links) -> dict[tuple[int, int], float]:
    pairs = zip(links.source.tolist(), links.target.tolist(), strict=True)
    return dict(zip(pairs, links.alike.tolist(), strict=True))


def are_linked(one: str, two: str) -> bool:
    """Whether a distinctive word of one name may answer for one of the other, as the same word or through a link."""
    profiles, readings = build_profiles([one, two], [None, None], Settings())
    links = find_links(profiles.atoms, LinkSettings())
    held = [
        {*profiles.values[profiles.starts[row] : profiles.starts[row + 1]].tolist()}
        | {*profiles.aside_values[profiles.aside_starts[row] : profiles.aside_starts[row + 1]].tolist()}
        for row in readings.profiles.tolist()
    ]
    named = {int(atom) for atom in held[0] & held[1] if profiles.atoms.roles[atom] in (Role.REST, Role.PLACE)}
    return bool(named) or any(
        (source in held[0] and target in held[1]) or (source in held[1] and target in held[0])
        for source, target in list_links(links)
    )


NAMES = (
    "University of Tokyo", "Tokyo University", "東京大学", "トウキョウ大学", "Karolinska Institutet", "Karolinska Institut",
    "カロリンスカ研究所", "北楡大学", "Hokuyu University", "河野研究所", "コウノ研究所", "Caner Institute", "Cancer Institute",
    "アイビー大学", "IB大学", "高知大学", "Kochi University", "データセンター", "데이터 대학교", "Physics", "",
)  # fmt: skip


@given(names=st.lists(st.sampled_from(NAMES), max_size=3))
def test_kinds_of_finding_that_are_left_out_find_nothing(names: list[str]) -> None:
    profiles, _ = build_profiles(names, [None] * len(names), Settings())
    found = find_links(profiles.atoms, LinkSettings())
    with pytest.MonkeyPatch.context() as patch:
        for kind in KINDS:
            patch.setattr(kind, "may_find", staticmethod(lambda _: True))
        every = find_links(profiles.atoms, LinkSettings())
    for column in ("source", "target", "alike", "through"):
        assert getattr(found, column).tolist() == getattr(every, column).tolist()


@pytest.mark.parametrize("kind", KINDS)
@given(words=MIXED, settings=st.sampled_from((FEW_LETTERS, LinkSettings())))
def test_a_kind_of_finding_that_may_find_nothing_finds_nothing(
    kind: type[Kind], words: list[str], settings: LinkSettings
) -> None:
    atoms = make_mixed(words, [Role.PLACE if word in PLACES else Role.REST for word in words])
    vocabulary = Vocabulary.whole(atoms, settings)
    found = kind.build(vocabulary).find(vocabulary)
    assert kind.may_find(vocabulary) or not len(found.one)


@given(words=VOCABULARY)
@settings(max_examples=200)
def test_every_word_one_edit_away_is_linked_and_none_farther_than_allowed(words: list[str]) -> None:
    found = list_links(find_links(make_atoms(words, readings=[()] * len(words)), FEW_LETTERS))
    for one, word in enumerate(words):
        for two, other in enumerate(words):
            shorter = min(len(word), len(other))
            edits = OSA.distance(word, other)
            allowed = 2 if shorter >= FEW_LETTERS.two_typo_letters else 1
            if one == two or shorter < FEW_LETTERS.min_typo_letters or edits > allowed:
                assert (one, two) not in found
            elif edits == 1:
                assert found[one, two] == pytest.approx(1 - 1 / shorter)


@given(texts=st.lists(TEXTS, max_size=5))
def test_links_are_sorted_and_once_each(texts: list[str]) -> None:
    atoms = build_profiles(texts, [None] * len(texts), Settings())[0].atoms
    links = find_links(atoms, LinkSettings())
    rows = list(zip(links.source.tolist(), links.target.tolist(), links.through.tolist(), strict=True))
    assert rows == sorted(set(rows))
    assert all(source != target for source, target, _ in rows)
    assert ((links.alike > 0) & (links.alike <= 1)).all()


@given(
    words=MIXED,
    known=st.integers(0, 12),
    also=st.sets(st.integers(0, 11)),
)
@example(words=["llllll", "lllllq"], known=1, also={0})
@example(words=["北楡", "hokuyu"], known=1, also={0})
@example(words=["서울", "batee"], known=1, also={0})
@example(words=["パテエ", "バテエ"], known=1, also={0})
@example(words=["緑内障", "glaucoma"], known=1, also={0})
def test_those_that_ask_find_what_all_would_find_of_them_and_the_index(
    words: list[str], known: int, also: set[int]
) -> None:
    known = min(known, len(words))
    asking = sorted({*range(known, len(words)), *(place for place in also if place < known)})
    atoms, index = make_mixed(words), index_links(make_mixed(words[:known]), FEW_LETTERS)
    found = list_links(ask_links(index, atoms, np.array(asking, dtype=np.int64), FEW_LETTERS))
    both = list_links(find_links(atoms, FEW_LETTERS))
    assert found == {
        pair: alike for pair, alike in both.items() if min(pair) < known and not set(asking).isdisjoint(pair)
    }


@given(words=VOCABULARY)
def test_single_words_answer_both_ways(words: list[str]) -> None:
    found = list_links(find_links(make_atoms(words), LinkSettings()))
    assert all(found[target, source] == alike for (source, target), alike in found.items())


def test_two_known_places_are_not_a_misspelling_of_each_other() -> None:
    words = ["hunan", "henan"]
    known = make_atoms(words, roles=[Role.PLACE, Role.PLACE], readings=[(), ()])
    unknown = make_atoms(words, roles=[Role.PLACE, Role.REST], readings=[(), ()])
    assert list_links(find_links(known, LinkSettings())) == {}
    assert list_links(find_links(unknown, LinkSettings())) == {(0, 1): 0.8, (1, 0): 0.8}


@pytest.mark.parametrize("role", [Role.KIND, Role.TOPIC, Role.NUMBER, Role.QUALIFIER, Role.COUNTRY])
def test_what_the_lexicon_understands_is_never_linked(role: Role) -> None:
    atoms = make_atoms(["institute", "institutes"], roles=[role, role])
    assert list_links(find_links(atoms, LinkSettings())) == {}


def test_in_a_span_each_word_asks_by_itself_and_the_span_answers() -> None:
    forms = ["gadjah", "mada", "gadjah mada", "ガジャマダ"]
    atoms = make_atoms(
        forms,
        readings=[("gadjah",), ("mada",), ("gadjahmada",), ("gajamada",)],
        members=[(), (), (0, 1), ()],
        scripts=[0, 0, 0, 2],
    )
    found = list_links(find_links(atoms, LinkSettings()))
    assert {(0, 3), (1, 3), (3, 2)} <= set(found)
    assert (2, 3) not in found


@pytest.mark.parametrize(("one", "two", "linked"), read_cases("pipeline_cases/links.tsv"))
def test_words_are_linked(one: str, two: str, linked: str) -> None:
    assert are_linked(one, two) == (linked == "yes")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("帝京大学", "Teikyo University"), ("美和病院", "MIWA Hospital"), ("曽田香料", "SODA Aromatic"),
        ("河野病院", "Kohno Hospital"), ("トーソー株式会社", "TOSO Co., Ltd."), ("昭光病院", "ショウコウ病院"),
        ("Koujukai Hospital", "Kojukai Hospital"),
    ],
)  # fmt: skip
def test_one_word_in_two_scripts_or_romanizations_is_linked_in_full(one: str, two: str) -> None:
    atoms = build_profiles([one, two], [None, None], Settings())[0].atoms
    assert max(list_links(find_links(atoms, LinkSettings())).values()) >= OTHER_ROMANIZATION


@pytest.mark.parametrize(
    ("one", "two"),
    [("大", "DAI"), ("サノ病院", "SAN Hospital"), ("プミ研究所", "PMI Institute"), ("クヌルス", "the CNRS")],
)
def test_what_only_resembles_an_acronym_is_not_linked(one: str, two: str) -> None:
    assert not are_linked(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("北楡病院", "Hokuyu Hospital"), ("新座志木中央総合病院", "NIIZASHIKI Central General Hospital"),
        ("協友アグリ", "Kyoyu Agri"), ("井之頭病院", "Inokashira Hospital"), ("植木組", "Ueki-gumi"), ("復光会", "Fukkoukai"),
        ("京都きづ川病院", "Kyoto Kizugawa Hospital"), ("清泉大学", "Seisen University"),
        ("エルナー株式会社", "ELNA Co., Ltd."), ("アラクス", "ARAX Co., Ltd."), ("ジェイファーマ", "J-Pharma"),
        ("アイピー電子", "IP Denshi"),
    ],
)  # fmt: skip
def test_a_name_that_is_cut_or_read_otherwise_is_linked(one: str, two: str) -> None:
    assert are_linked(one, two)


@pytest.mark.parametrize(("country", "linked"), [("JP", False), ("CN", True), (None, True)])
def test_a_japanese_name_is_not_read_in_chinese(country: str | None, linked: bool) -> None:
    atoms = build_profiles(["天馬株式会社", "Tianma"], [country, None], Settings())[0].atoms
    assert bool(list_links(find_links(atoms, LinkSettings()))) is linked
