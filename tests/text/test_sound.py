"""One name's spellings in two scripts come close, false friends do not; the distance keeps its laws and its oracle."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st
from synthetic import leave_out

from partnermatch.model import Script
from partnermatch.text import sound_distance
from partnermatch.text.readings import read_aloud
from partnermatch.text.segment import segment
from partnermatch.text.sound import SYMBOLS, Origin, count_consonants, list_bones, spell
from partnermatch.text.sound_distance import hear, similarity
from partnermatch.text.sound_distance import likeness as likeness_of

LINKED = 0.6
"""The similarity at which these cases are decided."""
SPELLED = st.text(alphabet=st.sampled_from(SYMBOLS), max_size=12)
READINGS = st.text(alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyz-'"), max_size=20)
CASES = read_cases("text_cases/sound_pairs.tsv")


def spell_japanese(text: str) -> list[str]:
    """Every way a Japanese spelling may sound, as links/sounds.py asks for it."""
    words = segment(text)
    script = Script.KANA if all(word.script == Script.KANA for word in words) else Script.KANJI
    readings = read_aloud(text, script, "".join(word.reading for word in words))
    origins = [Origin.KANA, *[Origin.CHARACTERS] * (len(readings) - 1)]
    return [way for reading, origin in zip(readings, origins, strict=True) for way in spell_one(reading, origin)]


def spell_one(reading: str, origin: Origin) -> tuple[str, ...]:
    """The ways of one reading."""
    return spell([reading], origin=origin)[0]


def blocking_keys(spelled: str) -> set[str]:
    """All that a spelling is found by, written out."""
    _, texts, missing, kept = list_bones([spelled])
    return {key for own in zip(texts, missing, kept, strict=True) for key in leave_out(*own)}


def likeness(japanese: str, latin: str) -> tuple[float, bool]:
    """The best similarity, and whether any two spellings share a key."""
    left, right = spell_japanese(japanese), spell_one(latin, Origin.LATIN)
    pairs = [(one, two) for one in left for two in right]
    alike = similarity([one for one, _ in pairs], [two for _, two in pairs])
    return float(alike.max()), any(blocking_keys(one) & blocking_keys(two) for one, two in pairs)


@pytest.mark.parametrize(("japanese", "latin", "relation"), CASES)
def test_names_are_linked_by_their_sound(japanese: str, latin: str, relation: str) -> None:
    alike, meet = likeness(japanese, latin)
    assert (alike >= LINKED and meet) == (relation in ("same", "alike")), (alike, meet)


def test_the_cases_are_many_enough() -> None:
    kinds = [relation for *_, relation in CASES]
    assert kinds.count("same") >= 60
    assert kinds.count("other") >= 40


@pytest.mark.parametrize(
    ("kana", "same", "other"),
    [
        ("karorinsuka", "karolinska", "carolina"),
        ("sari-", "surrey", "soros"),
        ("guraizubaruto", "greifswald", "greenwald"),
        ("ma-bahidon", "mahidol", "madison"),
        ("makko-ri-", "macquarie", "mccormick"),
        ("ni-bodonichaniusu", "niewodniczanski", "nicolaus"),
        ("ro-zannu", "lausanne", "lorraine"),
    ],
)
def test_the_name_itself_is_nearer_than_another(kana: str, same: str, other: str) -> None:
    spelled = spell_one(kana, Origin.KANA)[0]
    ways = [spell_one(latin, Origin.LATIN)[0] for latin in (same, other)]
    near, far = similarity([spelled, spelled], ways).tolist()
    assert near > far


@pytest.mark.parametrize(
    ("one", "two"), [("ra", "la"), ("ba", "va"), ("su", "th"), ("shi", "si"), ("fu", "hu"), ("chinpa", "chimpa")]
)
def test_what_katakana_cannot_tell_apart_costs_little(one: str, two: str) -> None:
    frame = "kara{}torimo"  # a word long enough to tell something
    left = spell_one(frame.format(one), Origin.KANA)
    right = spell_one(frame.format(two), Origin.LATIN)
    assert similarity(left, right[:1])[0] > 0.7


def test_short_words_must_be_nearer() -> None:
    """The same slip, one consonant for another, counts for more where there is less to hear."""
    short = similarity(["KARI"], ["MARI"])[0]
    long = similarity(["KARIBODENSuKI"], ["MARIBODENSuKI"])[0]
    assert short < 0.5 < long


def test_nothing_is_made_of_nothing() -> None:
    assert similarity([], []).tolist() == []
    assert spell([], origin=Origin.LATIN) == spell([], origin=Origin.KANA) == []
    assert spell(["", "'"], origin=Origin.LATIN) == spell(["'", ""], origin=Origin.KANA) == [(), ()]
    assert count_consonants(["AOUi", ""]) == [0, 0]
    assert list_bones([]) == ([], [], [], [])


@given(left=SPELLED, right=SPELLED)
def test_similarity_is_symmetric_and_bounded(left: str, right: str) -> None:
    there, back = similarity([left, right], [right, left]).tolist()
    assert there == back
    assert 0.0 <= there <= 1.0


@given(spelled=SPELLED)
def test_a_spelling_is_like_itself(spelled: str) -> None:
    assert similarity([spelled], [spelled]).tolist() == [1.0]


@given(pairs=st.lists(st.tuples(SPELLED, SPELLED), max_size=8))
def test_a_pair_does_not_depend_on_its_company(pairs: list[tuple[str, str]]) -> None:
    together = similarity([left for left, _ in pairs], [right for _, right in pairs]).tolist()
    assert together == [similarity([left], [right])[0] for left, right in pairs]


@given(left=SPELLED, right=SPELLED)
def test_the_fast_distance_is_the_obvious_one(left: str, right: str) -> None:
    costs = sound_distance.read_costs(sound_distance.COSTS)
    fast = sound_distance.distances(sound_distance.encode([left]), sound_distance.encode([right]), costs)[0]
    assert int(fast) == slow_distance(left, right)


@given(pairs=st.lists(st.tuples(SPELLED, SPELLED), max_size=8), least=st.floats(0, 1))
def test_a_pair_that_is_near_enough_is_measured_in_full(pairs: list[tuple[str, str]], least: float) -> None:
    one, two = hear([left for left, _ in pairs]), hear([right for _, right in pairs])
    rows = np.arange(len(pairs))
    wanted = likeness_of(one, rows, two, rows, np.full(len(pairs), least))
    full = similarity([left for left, _ in pairs], [right for _, right in pairs])
    assert wanted[full >= least].tolist() == full[full >= least].tolist()
    assert (wanted[full < least] < least).all()


def slow_distance(left: str, right: str) -> int:
    """By recursion over what becomes of the last symbols, from the table of costs as it is written."""
    taken, out = slow_costs()

    @cache
    def apart(i: int, j: int) -> int:
        ways = []
        if i and j:
            one, two = left[i - 1], right[j - 1]
            both = 0 if one == two else taken.get(frozenset(one + two), out[one] + out[two])
            ways.append(apart(i - 1, j - 1) + both)
        if i:
            ways.append(apart(i - 1, j) + out[left[i - 1]])
        if j:
            ways.append(apart(i, j - 1) + out[right[j - 1]])
        return min(ways, default=0)

    return apart(len(left), len(right))


@cache
def slow_costs() -> tuple[dict[frozenset[str], int], dict[str, int]]:
    rows = [line.split() for line in sound_distance.COSTS.strip().splitlines()]
    taken = {frozenset(row[0] + near[0]): int(near[1:]) for row in rows for near in row[3:]}
    return taken, {row[0]: int(row[2]) for row in rows}


@given(reading=READINGS, origin=st.sampled_from(Origin))
def test_any_reading_is_spelled_in_known_symbols(reading: str, origin: Origin) -> None:
    for spelled in spell_one(reading, origin):
        assert set(spelled) <= set(SYMBOLS)
        assert len(blocking_keys(spelled)) <= 250


@given(spelled=SPELLED, place=st.integers(0, 12))
def test_keys_survive_one_more_symbol_that_is_weak(spelled: str, place: int) -> None:
    weaker = spelled[:place] + "-" + spelled[place:]
    assert blocking_keys(weaker) == blocking_keys(spelled)


@given(readings=st.lists(READINGS, max_size=6), origin=st.sampled_from(Origin))
def test_a_reading_does_not_depend_on_its_company(readings: list[str], origin: Origin) -> None:
    assert spell(readings, origin=origin) == [spell_one(reading, origin) for reading in readings]


@given(spelled=st.lists(SPELLED, max_size=6))
def test_bones_do_not_depend_on_their_company(spelled: list[str]) -> None:
    together = list_bones(spelled)
    rows = list(zip(*together, strict=True))
    assert rows == [
        (place, *row[1:]) for place, own in enumerate(spelled) for row in zip(*list_bones([own]), strict=True)
    ]
    assert count_consonants(spelled) == [count_consonants([own])[0] for own in spelled]
