"""Words are explained as nested loops over sets explain them, and the sums are the sums of those loops."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_atoms, make_links, make_profiles, slice_rows

from partnermatch.evidence.words import Explained, Matcher
from partnermatch.model import Links, Profiles, Role
from partnermatch.settings import EvidenceSettings

BEIJING, TOKYO = "place:city:1816670", "place:city:1850147"
LAND = {BEIJING: "CN", TOKYO: "JP"}
KEYS = (
    "country:JP", "kind:institute", "kind:laboratory", "kind:university", "number:2", BEIJING, TOKYO, "qualifier:federal",
    "rest:a", "rest:b",
)  # fmt: skip
ROLES = (
    Role.COUNTRY, Role.KIND, Role.KIND, Role.KIND, Role.NUMBER, Role.PLACE, Role.PLACE, Role.QUALIFIER, Role.REST, Role.REST,
)  # fmt: skip
FAMILIES = (-1, 0, 0, 1, -1, -1, -1, -1, -1, -1)
PAIRS = np.array([(left, right) for left in range(4) for right in range(4)], dtype=np.int64).T


class Answer(NamedTuple):
    """How one word is explained: how well, and by which atoms, any of them."""

    pair: int
    atom: int
    alike: float
    by: set[int]


@st.composite
def draw_names(draw: st.DrawFn) -> tuple[Profiles, Links]:
    """Four names over ten words, one of which may stand for another."""
    some = st.lists(st.integers(0, len(KEYS) - 1), unique=True, max_size=4)
    weights = draw(st.lists(st.sampled_from((0.1, 0.25, 0.5, 1.0)), min_size=len(KEYS), max_size=len(KEYS)))
    atoms = make_atoms(KEYS, roles=ROLES, weights=weights, families=FAMILIES, keys=KEYS)
    profiles = make_profiles(
        atoms,
        [draw(some) for _ in range(4)],
        aside=[sorted(draw(some)) for _ in range(4)],
        wholes=[draw(st.sampled_from((-1, 3))) for _ in range(3)] + [-1],
        countries=draw(st.lists(st.sampled_from(("", "JP", "CN")), min_size=4, max_size=4)),
    )
    ends = st.tuples(st.integers(0, len(KEYS) - 1), st.integers(0, len(KEYS) - 1)).filter(
        lambda ends: ends[0] != ends[1]
    )
    links = draw(st.dictionaries(ends, st.sampled_from((0.5, 0.75, 0.8, 0.9)), max_size=10))
    spans = [number for number, key in enumerate(KEYS) if not key.startswith("country:")]
    through = draw(st.lists(st.sampled_from((-1, *spans)), min_size=len(links), max_size=len(links)))
    return profiles, make_links(links, dict(zip(links, through, strict=True)))


def list_offers(profiles: Profiles, row: int) -> set[int]:
    """What a name may answer with: its words, what stands beside it, the words of its whole, its country."""
    own, aside = slice_rows(profiles.starts, profiles.values), slice_rows(profiles.aside_starts, profiles.aside_values)
    offers = {*own[row], *aside[row]}
    if profiles.wholes[row] >= 0:
        offers |= set(own[profiles.wholes[row]])
    return offers | {number for number, key in enumerate(KEYS) if key == f"country:{profiles.countries[row]}"}


def match_slowly(profiles: Profiles, links: Links, left: int, right: int, pair: int) -> list[Answer]:
    offers, families = list_offers(profiles, right), profiles.atoms.families
    held = {-1, *list_offers(profiles, left)}
    ends = zip(links.source.tolist(), links.target.tolist(), links.alike.tolist(), links.through.tolist(), strict=True)
    stand_for = {(source, target): alike for source, target, alike, span in ends if span in held}
    answers = []
    words = slice_rows(profiles.starts, profiles.values)[left]
    for atom in words:
        related = families[atom] >= 0 and any(families[o] == families[atom] for o in offers if o not in words)
        best, by = (1.0, {atom}) if atom in offers else (EvidenceSettings().same_family if related else 0.0, {-1})
        linked = {offer: float(stand_for[atom, offer]) for offer in offers if (atom, offer) in stand_for}
        if linked and max(linked.values()) > best:
            best = max(linked.values())
            by = {offer for offer, alike in linked.items() if alike == best}
        answers.append(Answer(pair, atom, best, by))
    return answers


def find_home(profiles: Profiles, row: int) -> str:
    """The country of a name, or where none is said, that of its places."""
    own = slice_rows(profiles.starts, profiles.values)[row]
    lands = {LAND[KEYS[atom]] for atom in own if KEYS[atom] in LAND}
    return profiles.countries[row] or (lands.pop() if len(lands) == 1 else "")


def explain_slowly(profiles: Profiles, left: int, answers: list[Answer]) -> dict[str, float | bool]:
    """The sums over one pair."""
    home = find_home(profiles, left)
    roles, weights = profiles.atoms.roles, profiles.atoms.weights

    def pick(*wanted: Role) -> list[tuple[float, float]]:
        return [(float(weights[item.atom]), item.alike) for item in answers if roles[item.atom] in wanted]

    def share(picked: list[tuple[float, float]]) -> float:
        whole = sum(weight for weight, _ in picked)
        return sum(weight * alike for weight, alike in picked) / whole if whole else 1.0

    def missing(*wanted: Role) -> float:
        return max((weight * (1 - alike) for weight, alike in pick(*wanted)), default=0.0)

    return {
        "share": share(pick(*Role)),
        "named": share(pick(Role.REST, Role.PLACE)),
        "has_name": bool(pick(Role.REST, Role.PLACE)),
        "placed": share(pick(Role.PLACE)),
        "has_place": bool(pick(Role.PLACE)),
        "has_number": bool(pick(Role.NUMBER)),
        "has_country": bool(pick(Role.COUNTRY)),
        "numbered": all(alike == 1 for _, alike in pick(Role.NUMBER)),
        "missing_name": missing(Role.REST, Role.PLACE),
        "missing_unknown": missing(Role.REST),
        "missing_rank": missing(Role.QUALIFIER),
        "missing_field": missing(Role.TOPIC),
        "missing_standing": missing(Role.QUALIFIER),
        "missing_country": missing(Role.COUNTRY),
        "missing_abroad": float(
            any(
                roles[item.atom] == Role.COUNTRY and item.alike < 1 and home not in ("", KEYS[item.atom][-2:])
                for item in answers
            )
        ),
        "weight": sum(weight * alike for weight, alike in pick(*Role)),
        "bent": sum(weight * alike * (1 - alike) for weight, alike in pick(*Role)),
    }


@given(names=draw_names())
@settings(max_examples=150)
def test_each_word_is_explained_as_the_loops_explain_it(names: tuple[Profiles, Links]) -> None:
    words = Matcher(*names).match(*PAIRS)
    expected = [
        answer
        for pair, (left, right) in enumerate(PAIRS.T.tolist())
        for answer in match_slowly(*names, left, right, pair)
    ]
    assert words.pair.tolist() == [answer.pair for answer in expected]
    assert words.atom.tolist() == [answer.atom for answer in expected]
    assert words.alike.tolist() == [answer.alike for answer in expected]
    assert all(by in answer.by for by, answer in zip(words.by.tolist(), expected, strict=True))


@given(names=draw_names())
@settings(max_examples=100)
def test_the_sums_are_those_of_the_loops(names: tuple[Profiles, Links]) -> None:
    matcher = Matcher(*names)
    explained = matcher.sum_up(matcher.match(*PAIRS), PAIRS[0])
    for pair, (left, right) in enumerate(PAIRS.T.tolist()):
        expected = explain_slowly(names[0], left, match_slowly(*names, left, right, pair))
        found = {field: getattr(explained, field)[pair] for field in expected}
        assert found == pytest.approx(expected)


@given(names=draw_names())
def test_a_name_explains_itself(names: tuple[Profiles, Links]) -> None:
    rows = np.arange(4, dtype=np.int64)
    matcher = Matcher(*names)
    explained = matcher.sum_up(matcher.match(rows, rows), rows)
    assert explained.share.tolist() == explained.named.tolist() == [1.0] * 4
    assert explained.bent.tolist() == explained.missing_name.tolist() == [0.0] * 4


@given(names=draw_names())
def test_shares_stay_between_nothing_and_all(names: tuple[Profiles, Links]) -> None:
    matcher = Matcher(*names)
    explained: Explained = matcher.sum_up(matcher.match(*PAIRS), PAIRS[0])
    for values in (explained.share, explained.named, explained.placed):
        assert ((values >= 0) & (values <= 1)).all()
    assert (explained.weight >= 0).all()


def test_of_two_links_the_nearer_answers() -> None:
    profiles = make_profiles(make_atoms(["karolinska", "karolinsca", "carolinska"]), [[0], [1, 2]])
    words = Matcher(profiles, make_links({(0, 1): 0.8, (0, 2): 0.9})).match(*np.array([[0], [1]], dtype=np.int64))
    assert (words.alike.tolist(), words.by.tolist()) == ([0.9], [2])


def test_a_link_answers_in_its_own_direction_only() -> None:
    profiles = make_profiles(make_atoms(["gadjahmada", "mada"]), [[0], [1]])
    matcher = Matcher(profiles, make_links({(1, 0): 0.9}))
    both = np.array([[0, 1], [1, 0]], dtype=np.int64)
    assert matcher.match(*both).alike.tolist() == [0.0, 0.9]


def test_no_pairs_are_no_words() -> None:
    matcher = Matcher(make_profiles(make_atoms(["a"]), [[0]]), make_links({}))
    nothing = np.zeros(0, dtype=np.int64)
    words = matcher.match(nothing, nothing)
    assert len(words.atom) == 0
    assert len(matcher.sum_up(words, nothing).share) == 0
