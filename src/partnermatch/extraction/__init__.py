"""Running text: the institutions of a registry that it names, and where.

Stretches that may hold names are cut out (`latin`, `japanese`) of the text as it reads (`plain`), and looked up: those in Latin
script by the names that stand in them, those in Japanese as names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from partnermatch.asking import answer_rows
from partnermatch.extraction.defined import name_acronyms
from partnermatch.extraction.japanese import JapaneseName, cut_japanese
from partnermatch.extraction.latin import cut_stretches, locate
from partnermatch.extraction.mention import Mention
from partnermatch.extraction.plain import Stretch, make_plain
from partnermatch.extraction.weighing import Judged, judge, weigh
from partnermatch.mentions import find_institutions, list_mentions, pick_answers
from partnermatch.progress import say_nothing
from partnermatch.registry import Registry
from partnermatch.resolution import read_registry, recall_registry
from partnermatch.settings import Settings
from partnermatch.tables import RESOLVE_COLUMNS
from partnermatch.text.affiliations import read_affiliations

COUNTRIES = ("", "JP")
"""With which a name in Japanese is looked up, until it is found: where none is said, it is mostly of Japan."""


def find_mentions(text: str, registry: Registry, settings: Settings) -> list[Mention]:
    """The institutions that a text names, in order of their offsets."""
    plain = make_plain(text)
    found = [*_find_latin(plain.text, registry, settings), *_find_japanese(plain.text, registry, settings)]
    return sorted(plain.find_written(mention, text) for mention in name_acronyms(plain.text, found))


def _find_latin(text: str, registry: Registry, settings: Settings) -> list[Mention]:
    stretches = cut_stretches(text)
    judged, spans = judge_stretches(stretches, registry, settings)
    listed = list_mentions(judged.found, len(stretches), chances=weigh(judged, text, spans))
    strings = zip(judged.found.strings.tolist(), judged.found.firsts.tolist(), judged.found.lasts.tolist(), strict=True)
    stands = dict(zip(strings, spans, strict=True))
    mentions = []
    for place, own in enumerate(listed):
        for meant in pick_answers(own, settings.scores.extract):
            start, end = stands[place, meant.first, meant.last]
            chance = round(meant.probability, 4)
            mentions.append(Mention(start, end, text[start:end], registry.ids[meant.institution], chance))
    return mentions


def judge_stretches(
    stretches: Sequence[Stretch], registry: Registry, settings: Settings
) -> tuple[Judged, list[tuple[int, int]]]:
    """What stretches of a text may mean, and where the name of each institution stands in the text."""
    affiliations = read_affiliations([stretch.text for stretch in stretches], settings.text)
    gazetteer, seen = read_registry(registry, settings).gazetteer, recall_registry(registry)
    judged = judge(find_institutions(affiliations, [""] * len(stretches), gazetteer, seen))
    runs = list(zip(judged.found.firsts.tolist(), judged.found.lasts.tolist(), strict=True))
    borders = np.searchsorted(judged.found.strings, np.arange(len(stretches) + 1)).tolist()
    spans = [
        span
        for place, (first, last) in enumerate(pairwise(borders))
        if last > first
        for span in locate(stretches[place], affiliations[place], runs[first:last])
    ]
    return judged, spans


def _find_japanese(text: str, registry: Registry, settings: Settings) -> list[Mention]:
    """The longest of the ways in which a name may end that is answered: 東京大学病院 before 東京大学."""
    names = cut_japanese(text, settings.text)
    ways = dict.fromkeys(way.text for name in names for way in name.ways)
    rows = [(way, country) for way in ways for country in COUNTRIES]
    known = read_registry(registry, settings)
    cells = answer_rows(rows, registry, known, settings, 0, say_nothing, misprints=False) if rows else ()
    found = dict(zip(rows, (dict(zip(RESOLVE_COLUMNS, row, strict=True)) for row in cells), strict=True))
    answers = {
        way: max(
            (own for country in COUNTRIES if (own := found[way, country])["canonical_id"]),
            key=lambda own: float(own["confidence"]),
            default=None,
        )
        for way in ways
    }
    return [mention for name in names if (mention := _choose(name, answers))]


def _choose(name: JapaneseName, answers: Mapping[str, Mapping[str, Any] | None]) -> Mention | None:
    """The institution of the longest way that is answered, by the shortest that means the same."""
    answered = [(way, answer) for way in name.ways if (answer := answers[way.text])]
    if not answered:
        return None
    id = answered[0][1]["canonical_id"]
    way, answer = next((way, answer) for way, answer in reversed(answered) if answer["canonical_id"] == id)
    own = way.own if answer["unit"] else way.text
    return Mention(name.start, name.start + len(own), own, id, answer["confidence"])
