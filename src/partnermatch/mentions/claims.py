"""What speaks for and against a string's meaning each institution whose name was found in it, one column a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from partnermatch.mentions.experience import SEEN
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.institutions import FACTS, TYPES
from partnermatch.mentions.names import KINDS, SECOND, NameIndex
from partnermatch.mentions.neighbours import describe_company, stand_for_words_before
from partnermatch.mentions.places import describe_places
from partnermatch.mentions.rivals import describe_namesakes, describe_rivals, find_families, find_runs
from partnermatch.mentions.spotting import MIN_STRAIGHT, Compared, Spotted, compare_texts, spell_runs
from partnermatch.mentions.tokens import LEVELS, Tokens, count_within
from partnermatch.model import Flags, Floats, Ints, Role
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.lexemes import read_lexemes

CLAIMS = {
    "telling": "the words that were found are rare",
    "common": "the words that were found are common ones",
    "partly_named": "only a part of the institution's name was found",
    "part_in_order": "a part was found, and its words stand in the order of the name",
    "whole_name": "how much of the institution's name was found, by weight",
    "nearly_whole_name": "nearly all of it was found",
    "alike": "it is spelled as the name is",
    "nearly_alike": "it is spelled nearly as the name is",
    "as_written": "it is written exactly as the name is",
    "mostly_fills_part": "it is most of what its part of the string says",
    "nearly_fills_part": "it is nearly all that its part of the string says",
    "alias": "it is an alias",
    "acronym": "it is an acronym",
    "acronym_in_small_letters": "it is an acronym, and not written in capitals",
    "three_letters": "it has three letters at most",
    "shared": "others go by the same words",
    "namesakes": "how many others the string may mean by the same words",
    "shown_namesake": "another is shown by these words, and it is not",
    "written_rival": "another name is written exactly on some of its words, and its own is not",
    "shared_acronym_unplaced": "it is an acronym that others have, too, and no country is said",
    "bare_acronym": "an acronym is all that the string says",
    "last": "nothing stands behind it",
    "bracketed": "it stands in brackets",
    "named_again": "it is named elsewhere in the string, too, by its acronym or another name",
    "university_beside": "a university is named beside it",
    "hospital_beside": "a hospital is named beside it",
    "unknown_hospital": "a hospital is named that no name of the registry has",
    "unknown_top": "a university, company or the like is named that no name of the registry has",
    "part_beside": "a department or faculty is named beside it",
    "nonprofit_beside_university": "it is a nonprofit organization, and a university is named beside it",
    "goes_on": "its part of the string goes on behind it",
    "begun": "its part of the string begins before it",
    "behind_other_words": "words that name no department or the like stand right before it: Western Kentucky University",
    "goes_on_of": "and goes on to say of or for what: Nanjing University of Posts and Telecommunications",
    "goes_on_with_part": "and goes on with a part of it: Washington University School of Medicine",
    "goes_on_with_body": "and goes on with an institute, hospital or the like: University of Washington Medical Center",
    "goes_on_with_top": "and goes on with a university or the like: Zhejiang University City College",
    "hospital_of_it": "its part of the string names a hospital, and the name does not",
    "country_agrees": "the string names its country",
    "country_differs": "the string names another country only",
    "country_in_name": "it names its own country",
    "city_agrees": "the string names its city",
    "place_differs": "the string names places, not its own",
    "parent_named": "an institution above it is named, too",
    "government": "it is of a government",
    "known_government": "it is of a government, and has many listings and relations",
    "funder": "it is a funder",
    "funder_among_others": "it is a funder and others are named",
    "known_funder": "it is a funder, and has many listings and relations",
    "prominent": "it has many listings and relations",
    "quite_prominent": "it has more than most",
    "very_prominent": "it has very many",
    "partly_named_prominent": "a part of its name was found, and it has many listings and relations",
    "acronym_of_prominent": "it is an acronym, and has many listings and relations",
    "part_by_name": "its name is that of a department or faculty",
    "body_by_name": "its name is that of an institute, hospital or laboratory",
    "top_by_name": "its name is that of a university, company or academy",
    "nothing_by_name": "its name does not say what it is",
    "institute_beside_academy": "its name is that of an academy or the like, and such an institute is named beside it",
    "university_by_name": "its name is that of a university",
    "within_whole_name": "its words are part of a longer name",
    "within_name_below": "its words are part of the name of an institution that belongs to it",
    "around_written_name": "its words hold a shorter name that is written exactly",
    "around_name_above": "its words hold the name of an institution above it",
    "turned": "it begins with another word than the name",
    "best_placed_namesake": "more of it agrees with it than with others that go by the same words",
    "telling_as_written": "it is written exactly as the name is, in rare words",
    "telling_in_order": "rare words stand in the order of the name",
    "begun_with_telling": "its part of the string begins before it, and its own words are rare",
    "begun_with_parent": "its part begins before it, and an institution above it is named",
    "fills_part_with_parent": "it is all that its part says, and an institution above it is named",
    "university_of_hospital": "it is a university, and its part of the string names a hospital",
    "top_of_hospital": "its name is that of a university or company, and its part of the string names a hospital",
    "prominent_company": "it is a company, and has many listings and relations",
    "company_by_shown_name": "it is a company, and this is the name that it is shown by",
    "common_government_among_others": "it is of a government, by common words, and others are named",
    "shared_and_prominent": "others go by the same words, and it has many listings and relations",
    "shared_and_in_city": "others go by the same words, and the string names its city",
    "as_written_in_city": "it is written exactly as the name is, and the string names its city",
    "partly_named_university": "it is a university, and only a part was found, but most of the name",
    "short_and_prominent": "a university with many listings and relations, of which one word was found: Yale School of Medicine",
    "turned_university": "it is a university, begins with another word than the name, and another name begins as it does",
    "part_in_place": "only a part was found, and the string says more of its place than of others' that have the part",
    "part_that_fills": "only a part was found, and it is most of what its part of the string says",
    "but_for_place": "only a part was found, and what is left of the name is its place",
    "but_for_place_beside_part": "only its place was not found, and a department or faculty is named beside it",
    "ends_in_name": "its words end in a proper name",
    "department_before": "its part of the string names a department or faculty before it",
    "much_before": "much is said before its part of the string",
    "acronym_after_much": "it is an acronym, and much is said before it",
    "shared_and_prominent_before_name": "others go by the same words, it is well known, and a proper name follows",
    "best_known_elsewhere": "it is the best known of its name, and the string names places, not its own",
    "top_shared_in_city": "its name is that of a university or the like, others go by the same words, and its city is named",
    "institute_before_others": "its name is that of an institute, and others are named behind it",
    "university_beside_written": "it is a university, and another name is written exactly on some of its words",
    "rival_beside_part": "another name is written exactly on some of its words, and a department or faculty is named beside it",
    "university_of_more": "it is a university by its name, and its part goes on to say of or for what",
    "unlisted": "the registry names it only, as a relative of another institution",
}
"""The claims, in the order of the columns, each with the sentence that a person is shown."""

DETAILS = {
    "fills_part": "how much of what its part of the string says it is",
    "all_of_string": "it is all that the string says",
    "same_order": "how alike it is to the name, word by word",
    "shown_name": "this is the name that it is shown by",
    "short_name": "only one word of its name was found",
    "most_of_the_name": "only a part was found, but most of the name",
    "institute_by_name": "its name is that of an institute",
    "before_name": "a proper name follows",
    "country_unsaid": "no country is said",
    "region_agrees": "the string names its state or province",
    "others_named": "others are named",
    "named_before_others": "how many others are named behind it",
    "best_known_namesake": "how much better known it is than others that go by the same words",
    "education": "it is a university, school or the like",
    "company": "it is a company",
    "government_among_others": "it is of a government, and others are named",
    "turned_beside_straight": "it begins with another word than the name, and another name begins as it does",
    "acronym_of_words_before": "it is an acronym in brackets of the words before it, which are no name of it",
    "names": "how many names it has",
    "acronyms": "how many acronyms it has",
    "parents": "how many institutions it belongs to",
    "children": "how many institutions belong to it",
    "fundref": "how many ids it has as a funder",
    "grid": "how many ids it has in GRID",
    "isni": "how many ids it has in ISNI",
    "wikidata": "how many ids it has in Wikidata",
    "often_meant": "of strings that were seen before and named it, the share that meant it",
    "often_named": "how many such strings there were",
}
"""What only the trees are told, behind the claims: by itself, or in a sum, it says little."""

TOGETHER = {
    "telling_as_written": ("telling", "as_written"),
    "telling_in_order": ("telling", "same_order"),
    "begun_with_telling": ("begun", "telling"),
    "begun_with_parent": ("begun", "parent_named"),
    "fills_part_with_parent": ("fills_part", "parent_named"),
    "university_of_hospital": ("education", "hospital_of_it"),
    "top_of_hospital": ("top_by_name", "hospital_of_it"),
    "prominent_company": ("company", "prominent"),
    "company_by_shown_name": ("company", "shown_name"),
    "common_government_among_others": ("common", "government_among_others"),
    "shared_and_prominent": ("shared", "prominent"),
    "shared_and_in_city": ("shared", "city_agrees"),
    "as_written_in_city": ("as_written", "city_agrees"),
    "most_of_the_name": ("partly_named", "whole_name"),
    "partly_named_university": ("most_of_the_name", "university_by_name"),
    "turned_university": ("turned_beside_straight", "education"),
    "part_in_place": ("partly_named", "best_placed_namesake"),
    "part_that_fills": ("partly_named", "mostly_fills_part"),
    "short_and_prominent": ("short_name", "prominent"),
    "but_for_place_beside_part": ("but_for_place", "part_beside"),
    "acronym_after_much": ("acronym", "much_before"),
    "shared_and_prominent_before_name": ("shared_and_prominent", "before_name"),
    "best_known_elsewhere": ("best_known_namesake", "place_differs"),
    "top_shared_in_city": ("top_by_name", "shared_and_in_city"),
    "institute_before_others": ("institute_by_name", "named_before_others"),
    "university_beside_written": ("university_by_name", "written_rival"),
    "rival_beside_part": ("part_beside", "written_rival"),
    "university_of_more": ("university_by_name", "goes_on_of"),
}
"""Claims that say more, or less, together than both by themselves: the product of the two, of which one may stand above."""

_ARTICLE = re.compile("^the ")


Columns = NDArray[Any]


def gather_claims(
    affiliations: Sequence[Affiliation],
    tokens: Tokens,
    spotted: Spotted,
    countries: Sequence[str],
    gazetteer: Gazetteer,
    experience: Floats,
) -> Floats:
    """One row for each of what was found, claims and then details: [m, c + d].

    Args:
        affiliations: [s] the strings.
        tokens: theirs.
        spotted: what was found.
        countries: [s] the country given with each, empty if unknown.
        gazetteer: of the registry.
        experience: [k, 2] what was seen of its institutions before.
    """
    runs = find_runs(spotted.strings, spotted.firsts, spotted.lasts)
    families = find_families(spotted, gazetteer.institutions)
    compared = _compare_runs(affiliations, tokens, spotted.firsts, spotted.lasts, spotted.names, gazetteer.names)
    claims = {
        **_describe_name(tokens, spotted, compared, gazetteer),
        **_describe_part(affiliations, tokens, spotted, gazetteer.names),
        **describe_places(affiliations, tokens, spotted, countries, gazetteer.institutions),
        **describe_company(tokens, spotted, runs, families, gazetteer),
    }
    claims |= describe_namesakes(spotted, runs, claims, gazetteer)
    claims |= _describe_type(spotted, claims, gazetteer)
    claims |= describe_rivals(spotted, runs, families, claims, compared, gazetteer)
    claims["acronym_of_words_before"] = stand_for_words_before(affiliations, tokens, spotted, gazetteer)
    shared = np.log10(np.maximum(spotted.owners, 1))
    claims |= {
        "shared": shared,
        "shared_acronym_unplaced": shared * claims["country_unsaid"] * claims["acronym"],
        "bare_acronym": claims["acronym"] & claims["all_of_string"],
    }
    for claim, (left, right) in TOGETHER.items():
        claims[claim] = claims[left] * claims[right]
    claims["unlisted"] = ~gazetteer.institutions.listed[spotted.institutions]
    facts = gazetteer.institutions.facts[spotted.institutions]
    claims |= {fact: facts[:, place] for place, fact in enumerate(FACTS)}
    claims |= dict(zip(SEEN, experience[spotted.institutions].T, strict=True))
    values = np.stack([np.asarray(claims[claim], dtype=np.float64) for claim in (*CLAIMS, *DETAILS)], axis=1)
    values[_is_country_word(tokens, spotted) | _is_of_hospital(claims) | _is_of_field(claims)] = 0.0
    return values


def _is_country_word(tokens: Tokens, spotted: Spotted) -> Flags:
    """A country is named as the country, whoever has it for an acronym: USA."""
    country = tokens.mark_all("country:")
    alone = np.diff(tokens.starts)[spotted.strings] == 1
    return np.asarray((spotted.firsts == spotted.lasts) & country[spotted.firsts] & ~alone, dtype=np.bool_)


def _is_of_field(claims: Mapping[str, Columns]) -> Flags:
    """A university that goes on to say of what, and not where, is another: Nanjing University of Posts and Telecommunications."""
    return np.asarray(claims["university_by_name"] & claims["goes_on_of_field"], dtype=np.bool_)


def _is_of_hospital(claims: Mapping[str, Columns]) -> Flags:
    """A university whose hospital is named is not meant, though the registry has no such hospital: Aarhus University Hospital."""
    university = claims["education"] | claims["university_by_name"]
    return np.asarray(university & claims["hospital_behind"] & claims["unknown_hospital"], dtype=np.bool_)


def _describe_name(tokens: Tokens, spotted: Spotted, compared: Compared, gazetteer: Gazetteer) -> dict[str, Columns]:
    """What was found, beside the name."""
    firsts, lasts = spotted.firsts, spotted.lasts
    kinds = gazetteer.names.kinds[spotted.names]
    acronym = kinds == KINDS.index("acronym")
    capitals = count_within(tokens.capitals, firsts, lasts) > 0
    levels = [count_within(tokens.levels == LEVELS.index(level), firsts, lasts) > 0 for level in LEVELS]
    university = tokens.mark("kind:university")
    return {
        "telling": np.minimum(spotted.weights, 1.5) / 1.5,
        "common": np.maximum(0.0, 1.0 - spotted.weights / 0.8),
        "partly_named": spotted.partial,
        "short_name": spotted.partial & (firsts == lasts),
        "but_for_place": spotted.partial & compared.check(is_but_for_place),
        "ends_in_name": tokens.mark("rest:")[lasts],
        "part_in_order": spotted.partial * (spotted.straight - MIN_STRAIGHT),
        "whole_name": spotted.own,
        "nearly_whole_name": np.maximum(0.0, spotted.own - 0.6) * 2.5,
        "alike": spotted.alike,
        "nearly_alike": np.maximum(0.0, spotted.alike - 0.85) / 0.15,
        "same_order": compared.measure(fuzz.ratio),
        "as_written": compared.check(is_said),
        "shown_name": kinds == KINDS.index("display"),
        "alias": np.isin(kinds, (KINDS.index("alias"), KINDS.index(SECOND))),
        "acronym": acronym,
        "acronym_in_small_letters": acronym & ~capitals,
        "three_letters": compared.check(lambda words, _: len(words) <= 3),
        "bracketed": tokens.bracketed[firsts],
        "part_by_name": levels[LEVELS.index("part")],
        "body_by_name": levels[LEVELS.index("body")],
        "top_by_name": levels[LEVELS.index("top")],
        "nothing_by_name": ~np.any(levels[1:], axis=0),
        "university_by_name": count_within(university, firsts, lasts) > 0,
        "institute_by_name": count_within(tokens.mark("kind:institute"), firsts, lasts) > 0,
    }


def _compare_runs(
    affiliations: Sequence[Affiliation], tokens: Tokens, firsts: Ints, lasts: Ints, names: Ints, index: NameIndex
) -> Compared:
    """The words of runs of tokens beside names; each run is cut once."""
    count = max(len(tokens.parts), 1)
    runs, places = np.unique(firsts * count + lasts, return_inverse=True)
    return compare_texts(spell_runs(affiliations, tokens, runs // count, runs % count), places, names, index.texts)


def is_said(words: str, name: str) -> bool:
    """Whether words are a name as it is written, with or without an article: the university of tokyo."""
    return words == name or _ARTICLE.sub("", words) == _ARTICLE.sub("", name)


def is_but_for_place(words: str, name: str) -> bool:
    """Whether a name goes on behind words with nothing but places.

    >>> is_but_for_place("washington university", "washington university in st louis")
    True
    """
    words, name = _ARTICLE.sub("", words), _ARTICLE.sub("", name)
    return name.startswith(f"{words} ") and _are_places(name.removeprefix(words))


@lru_cache(maxsize=1 << 14)
def _are_places(folded: str) -> bool:
    return {lexeme.role for lexeme in read_lexemes(folded)} <= {Role.PLACE, Role.COUNTRY, Role.STOP}


def _describe_part(
    affiliations: Sequence[Affiliation], tokens: Tokens, spotted: Spotted, index: NameIndex
) -> dict[str, Columns]:
    """How the run stands in its part of the string."""
    owner, part = tokens.owners(), tokens.number_parts()
    firsts, lasts = spotted.firsts, spotted.lasts
    begins = np.searchsorted(part, part[firsts], "left")
    ends = np.searchsorted(part, part[lasts], "right") - 1
    compared = _compare_runs(affiliations, tokens, begins, ends, spotted.names, index)
    fills = compared.measure(fuzz.token_sort_ratio)
    goes_on, begun = ends > lasts, begins < firsts
    before, after = np.maximum(firsts - 1, 0), np.minimum(lasts + 1, len(owner) - 1)
    hospital = tokens.mark("kind:hospital")
    keys, source = tokens.list_keys(np.arange(len(owner)))
    own = np.bincount(source, weights=index.weigh(tokens.hashes)[keys], minlength=len(owner))
    weights = np.concatenate([[0.0], np.cumsum(own)])
    behind = {
        f"goes_on_with_{level}": goes_on & tokens.spaced[after] & (tokens.levels[after] == LEVELS.index(level))
        for level in ("part", "body", "top")
    }
    within = count_within(hospital, firsts, lasts)
    kinds = tokens.levels != LEVELS.index("")
    bare = count_within(kinds, begins, lasts) == count_within(kinds, firsts, lasts)
    words = ~tokens.capitals & ~tokens.mark("number:")
    departments = count_within(tokens.levels == LEVELS.index("part"), begins, lasts)
    last = lasts == tokens.starts[spotted.strings + 1] - 1
    return {
        "fills_part": fills,
        "mostly_fills_part": np.maximum(0.0, fills - 0.4) / 0.6,
        "nearly_fills_part": np.maximum(0.0, fills - 0.8) * 5,
        "last": last,
        "all_of_string": last & (firsts == tokens.starts[spotted.strings]),
        "goes_on": goes_on,
        "begun": begun,
        "behind_other_words": begun & bare & tokens.spaced[firsts] & words[before],
        "goes_on_of": goes_on & tokens.joined[after],
        "goes_on_of_field": goes_on & tokens.of[after] & ~(tokens.mark("place:") | tokens.mark("country:"))[after],
        "before_name": goes_on & tokens.spaced[after] & tokens.mark("rest:")[after],
        "department_before": departments > count_within(tokens.levels == LEVELS.index("part"), firsts, lasts),
        "much_before": np.log1p(weights[begins] - weights[tokens.starts[spotted.strings]]),
        **behind,
        "hospital_behind": (within == 0) & goes_on & tokens.spaced[after] & hospital[after],
        "hospital_of_it": (within == 0) & (count_within(hospital, begins, ends) > 0),
    }


def _describe_type(spotted: Spotted, claims: Mapping[str, Columns], gazetteer: Gazetteer) -> dict[str, Columns]:
    types = {type: gazetteer.institutions.are(spotted.institutions, type) for type in TYPES}
    others, known = claims["others_named"], claims["prominent"]
    return {
        "education": types["education"],
        "company": types["company"],
        "nonprofit_beside_university": types["nonprofit"] & claims["university_beside"],
        "government": types["government"],
        "government_among_others": others & types["government"],
        "known_government": known * types["government"],
        "funder": types["funder"],
        "funder_among_others": others & types["funder"],
        "known_funder": known * types["funder"],
        "partly_named_prominent": known * spotted.partial,
        "acronym_of_prominent": known * claims["acronym"],
    }
