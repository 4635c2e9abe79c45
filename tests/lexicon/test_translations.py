"""Learned translations, the dictionary and the sounds: what they hold, and which lines are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from partnermatch import lexicon
from partnermatch.errors import LexiconError
from partnermatch.lexicon import translations as tables
from partnermatch.lexicon.tsv import split_forms
from partnermatch.text.phrases import phrases


def test_a_word_of_the_dictionary_is_answered_by_its_rendering() -> None:
    assert ("rest:glaucoma", tables.GLOSS_ALIKE) in tables.answers("rest:緑内障")


def test_one_word_of_a_rendering_of_two_answers_less() -> None:
    assert dict(tables.answers("rest:余熱"))["topic:heat"] == tables.PART_ALIKE


def test_a_sound_is_answered_by_the_words_said_so() -> None:
    assert ("topic:electron", tables.SPOKEN_ALIKE) in tables.answers("rest:denshi")
    assert ("topic:electron", tables.SPOKEN_ALIKE) in tables.answers("rest:デンシ")


def test_a_concept_is_answered_in_part_by_what_translators_use_for_it() -> None:
    assert 0.4 <= dict(tables.answers("topic:waterworks"))["topic:water"] < 1.0


def test_a_word_that_no_table_has_is_answered_by_nothing() -> None:
    assert tables.answers("rest:karolinska") == ()


def test_no_word_answers_for_itself_and_the_nearest_stands_first() -> None:
    for key in [*tables.translations(), *list(tables.glosses())[:2000]]:
        found = tables.answers(key)
        assert key not in dict(found)
        assert [alike for _, alike in found] == sorted((alike for _, alike in found), reverse=True)


def test_every_concept_that_a_table_names_is_in_the_lexicon() -> None:
    """Fails where the lexicon has changed since the tables were built: build them again."""
    known = {key for meaning in phrases().japanese.values() for key in meaning.concepts}
    known |= {key for meaning in phrases().latin.values() for key in meaning.concepts}
    known |= {f"place:{place.kind}:{key}" for key, place in lexicon.places().items()}
    named = {key for targets in tables.translations().values() for key, _ in targets} | {*tables.translations()}
    named |= {key for cell in tables.glosses().values() for item in split_forms(cell) for key in item.split()}
    named |= {key for cell in tables.spoken().values() for key in split_forms(cell)}
    assert sorted(key for key in named - known if not key.startswith("rest:")) == []


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (tables.read_translations, "rest:a\trest:b\t0.5\t2", "4 cells where 5 belong"),
        (tables.read_translations, "a\trest:b\t0.5\t2\tja", "'a' is no key"),
        (tables.read_translations, "rest:a\tverb:b\t0.5\t2\tja", "'verb:b' is no key"),
        (tables.read_translations, "rest:a\trest:b\thalf\t2\tja", "the weight 'half' is no number"),
        (tables.read_translations, "rest:a\trest:b\t1.5\t2\tja", "the weight '1.5' is not above 0 and at most 1"),
        (tables.read_translations, "rest:a\trest:b\tnan\t2\tja", "the weight 'nan' is not above 0 and at most 1"),
        (tables.read_translations, "rest:a\trest:b\t0.5\tmany\tja", "the count 'many' or the origin 'ja' is wrong"),
        (tables.read_translations, "rest:a\trest:b\t0.5\t2\tko", "the count '2' or the origin 'ko' is wrong"),
        (tables.read_translations, "rest:a\trest:b\t1\t2\tja\nrest:a\trest:b\t1\t2\tzh", "the pair 'rest:a', 'rest:b'"),
        (tables.read_glosses, "緑内障\tglaucoma", "'glaucoma' is no key"),
        (tables.read_glosses, "denshi\ttopic:electron", "the word 'denshi' is in Latin letters"),
        (tables.read_glosses, "緑内障\trest:glaucoma|rest:", "'rest:' is no key"),
        (tables.read_glosses, "緑内障\trest:glaucoma\nほか\trest:a  other:b", "'other:b' is no key"),
        (tables.read_glosses, "緑内障\t|", "the word '緑内障' has nothing beside it"),
        (
            tables.read_renderings,
            "technology\tskyhook\t0.5",
            "the concept 'skyhook' is in neither kinds.tsv nor words.tsv",
        ),
        (tables.read_renderings, "earth\tglobal\t0.5\nglobal\tearth\t0.5", "the pair 'global', 'earth' stands twice"),
        (tables.read_renderings, "earth\tglobal\t0", "the weight '0' is not above 0 and at most 1"),
        (tables.read_spoken, "denshi\ttopic:electron\ndenshi\ttopic:electron", "the word 'denshi' is empty or stands"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(read: Callable[[str], Any], text: str, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        read("# head\n" + text)
    assert message in str(caught.value)
    assert f"line {text.count(chr(10)) + 2}" in str(caught.value)
