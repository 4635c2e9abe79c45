"""Which known names may mean the same institution as new ones, and how likely: the way of `resolve`, as far as the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand_rows, sort_once, sort_pairs
from partnermatch.evidence import gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.keys import list_letters
from partnermatch.links import ask_links
from partnermatch.links.variants import hash_keys
from partnermatch.model import Floats, Ints, Profiles
from partnermatch.profiles import build_profiles
from partnermatch.profiles.append import append_profiles, list_atoms
from partnermatch.scores import score_pairs
from partnermatch.segments import Segment
from partnermatch.settings import Settings
from partnermatch.shortlist import shortlist
from partnermatch.spellings import hash_spellings


class Meetings(NamedTuple):
    """New names beside known ones that are near to them.

    Attributes:
        new: [p] rows of the new names.
        known: [p] rows of the known ones.
        probabilities: [p] that both mean one institution.
    """

    new: Ints
    known: Ints
    probabilities: Floats


class Near(NamedTuple):
    """What new names may have to do with.

    Attributes:
        records: numbers of the known ones that are near to one, sorted.
        wholes: the organizations that they name above their institutions: folded names, with their countries.
    """

    records: Ints
    wholes: list[tuple[str, str]]


def find_near(segment: Segment, values: Sequence[str], countries: Sequence[str], settings: Settings) -> Near:
    """Find the known names that share words or letters with new ones and may be the same institution.

    Args:
        segment: what is known.
        values: [r] new names.
        countries: [r] of each.
        settings: of the run; `settings.store.near` is the probability from which a known name is near.
    """
    more, _ = build_profiles(values, countries, settings)
    meetings = meet(segment, more, settings)
    near = meetings.known[meetings.probabilities >= settings.store.near]
    places, _ = expand_rows(segment.starts, sort_once(near))
    wholes = [(more.folded[row], more.countries[row]) for row in sort_once(more.wholes).tolist() if row >= 0]
    return Near(sort_once(segment.records[places]), wholes)


def meet(segment: Segment, more: Profiles, settings: Settings) -> Meetings:
    """Score new names with the known ones that share words or letters with them; no new name bears on another."""
    first = len(segment.profiles)
    profiles = append_profiles(segment.profiles, more)
    links = ask_links(segment.links, profiles.atoms, list_atoms(profiles, first, segment.links.size), settings.links)
    near = shortlist(profiles, links, segment.postings, np.arange(first, len(profiles)), settings.shortlist)
    asked = ((segment.letters, hash_keys(list_letters(more))), (segment.spellings, hash_spellings(more.texts)))
    met = [holders.meet(keys) for holders, keys in asked]
    left = np.concatenate([near.left, *(asking + first for asking, _ in met)])
    left, right = sort_pairs(left, np.concatenate([near.right, *(known for _, known in met)]))
    matcher = Matcher(profiles, links, settings.evidence, segment.columns)
    scores = score_pairs(gather_evidence(matcher, left, right), settings.scores)
    return Meetings(left - first, right, scores.probabilities)
