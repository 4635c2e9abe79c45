"""Step 5, candidates to evidence: what each pair says for and against meaning one institution.

A claim is a column. The heart of it is how much of each name the other one explains: every word of a name asks to be
explained, by its weight, and is explained by the same meaning on the other side, by a word linked to it, or (for kinds of
organization) by a kind of the same family. What stands beside a name, and the whole above it, may explain but asks for
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from partnermatch.evidence.acronyms import fit_acronyms
from partnermatch.evidence.columns import FAMILIES, Columns
from partnermatch.evidence.countries import compare_countries
from partnermatch.evidence.misspelled import read_alike
from partnermatch.evidence.words import Explained, Matcher, Words
from partnermatch.model import Evidence, Flags, Floats, Ints, Profiles
from partnermatch.settings import EvidenceSettings
from partnermatch.text.kinds import family_number

CLAIMS = {
    "same_text": "the two are written the same",
    "words_answered": "the words of each are found in the other",
    "names_answered": "the distinctive words of each are found in the other",
    "words_unanswered": "words of both are missing from the other",
    "swapped": "each has a telling word that the other lacks",
    "swapped_in_one_script": "and both are written in one script",
    "name_missing": "a distinctive word of one is missing from the other",
    "name_missing_in_one_script": "and no translation excuses it",
    "field_missing": "a field that one names is missing from the other",
    "field_missing_in_one_script": "and no translation excuses it",
    "fields_taught_differ": "and they are universities, which go by their fields",
    "fields_taught_differ_in_one_script": "and no translation excuses it of universities",
    "field_added": "one names a field, the other none: a university of technology is not the university",
    "field_added_in_one_script": "and no translation lost it",
    "standing_missing": "one says of what standing it is (national, state), the other does not",
    "standing_missing_in_one_script": "and no translation excuses that",
    "schools_standing_missing_in_one_script": "nor of universities, of which a place may have a federal, public or autonomous one",
    "little_shared": "what they share is few or common words",
    "spelled_apart": "words answer to each other only by sound or with a misspelling",
    "numbers_differ": "they carry different numbers",
    "school_numbers_differ": "they are schools or hospitals, which go by their numbers",
    "places_differ": "they name different places",
    "school_place_missing_in_one_script": "one of two schools that have no other name says a place more than the other",
    "scopes_differ_in_one_script": "one is of a whole country, the other of a place, and both are written in one script",
    "abroad_missing": "one names another country than its own, the other does not: American University of Beirut",
    "abroad_missing_in_one_script": "and no translation excuses it",
    "kinds_differ": "they are different kinds of organization",
    "kinds_differ_in_one_script": "and no translation excuses it",
    "kinds_akin_in_one_script": "they are two kinds of one family (university, college), and no translation excuses it",
    "kinds_exclude": "and one is a school or a hospital, as which no other kind is translated",
    "kinds_exclude_in_one_script": "and in one script no other kind of any sort stands for it",
    "kind_unsaid": "only one says what kind it is: a school, a hospital, a museum, a ministry, a society",
    "countries_agree": "they are of one country, which says the more the fewer institutions it has",
    "countries_differ": "they are of different countries",
    "wholes_agree": "they belong to one larger organization",
    "wholes_differ": "they belong to different larger organizations",
    "siblings_differ": "they are parts of one whole, and one names a field that the other lacks",
    "whole_unnamed": "only one says what larger organization it belongs to",
    "whole_needed": "and without that neither has a name of its own, nor is a national one",
    "acronym_fits": "the acronym of one is the other's acronym or initials",
    "acronyms_differ": "they go by different acronyms",
}
"""The claims, in the order of the columns, each with the sentence that a person is shown."""


SCHOOL = "university"
"""A kind of the family of schools."""
NEVER_OTHERS = (SCHOOL, "hospital")
"""Kinds, one a family, that are never translated as one of `SAID`; a foundation may be called a society."""
SAID = (*NEVER_OTHERS, "museum", "ministry", "society", "foundation", "academy")
"""Kinds, one a family, that a name says: Toshiba is not its hospital. A company, an institute or a group often does not."""
UNUSED = 0.8
"""Weight of a word that is missing as one does that no name of the registry uses."""
PAIRS_AT_ONCE = 8_192
"""Pairs worked on at once: their words, those of both ways, fit the processor's cache."""


def gather_evidence(matcher: Matcher, left: Ints, right: Ints, words: Words | None = None) -> Evidence:
    """Work out every claim for every pair.

    Args:
        matcher: over the profiles and links.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
        words: of pairs that are worked on at once, those of the left names and then of the right ones, if they were matched
            before.

    Returns:
        A column a claim, each the same for (left, right) and (right, left).
    """
    columns = np.zeros((len(CLAIMS), len(left)), np.float32)  # a column in one piece, as it is written and read
    for start in range(0, len(left), PAIRS_AT_ONCE):
        block = slice(start, start + PAIRS_AT_ONCE)
        claims = _work_out(matcher, left[block], right[block], words)
        for column, claim in zip(columns, CLAIMS, strict=True):
            column[block] = claims[claim]
    return Evidence(tuple(CLAIMS), columns.T)


def _work_out(matcher: Matcher, left: Ints, right: Ints, words: Words | None) -> dict[str, Floats | Flags]:
    profiles, columns = matcher.profiles, matcher.columns
    fits, spelled = fit_acronyms(profiles, columns, left, right, matcher.settings)
    spelled_out = np.where(columns.bare[left] | columns.bare[right] | spelled, fits, 0.0)
    there, back = matcher.explain_both(left, right, words)
    one_script = columns.latin[left] == columns.latin[right]
    families = profiles.families[left], profiles.families[right]
    kinds_differ = _differ(*families)
    alike, shared = _read_misspelled(profiles, there, back, left, right, one_script)
    there, back = (_mend(side, alike, shared) for side in (there, back))
    there, back = (_spell_out(side, spelled_out, matcher.settings.enough_shared) for side in (there, back))
    claims = {
        "same_text": _same_text(profiles, columns, left, right),
        **_compare_words(there, back, one_script, matcher.settings),
        **_compare_details(there, back, one_script),
        "kinds_differ": kinds_differ,
        "kinds_differ_in_one_script": kinds_differ & one_script,
        "kinds_akin_in_one_script": (there.akin | back.akin) & one_script,
        **_compare_kinds(*families, one_script),
        "school_numbers_differ": _carry_other_numbers(there, back, *families),
        **compare_countries(columns.countries, left, right, matcher.settings),
        **_compare_wholes(matcher, left, right),
        **_compare_acronyms(columns.spoken, fits, left, right),
    }
    nameless = ~(there.has_name | back.has_name | there.has_standing | back.has_standing)
    school = family_number(f"kind:{SCHOOL}")
    teach = (families[0] == school) & (families[1] == school)
    return {
        **claims,
        "fields_taught_differ": claims["field_missing"] * teach,
        "fields_taught_differ_in_one_script": claims["field_missing_in_one_script"] * teach,
        "schools_standing_missing_in_one_script": (
            teach & one_script & (np.maximum(there.missing_rank, back.missing_rank) > 0)
        ),
        "school_place_missing_in_one_script": (
            teach & one_script & there.only_places & back.only_places & (claims["name_missing"] > 0)
        ),
        "siblings_differ": claims["wholes_agree"] * claims["field_missing"],
        "whole_needed": claims["whole_unnamed"] * nameless,
    }


def _compare_words(
    there: Explained, back: Explained, one_script: Flags, settings: EvidenceSettings
) -> dict[str, Floats | Flags]:
    two_named = there.has_name & back.has_name
    weight = np.minimum(there.weight, back.weight)
    telling = [
        np.maximum(side.missing_name / settings.full_name, side.missing_field / settings.full_field)
        for side in (there, back)
    ]
    swapped = np.minimum(1.0, np.minimum(*telling))
    claims: dict[str, Floats | Flags] = {
        "words_answered": np.minimum(there.share, back.share),
        "names_answered": np.minimum(there.named, back.named) * two_named,
        "words_unanswered": 1.0 - np.maximum(there.share, back.share),
        "swapped": swapped,
        "swapped_in_one_script": swapped * one_script,
        "little_shared": np.maximum(0.0, 1.0 - weight / settings.enough_shared),
        "spelled_apart": np.minimum(1.0, there.bent + back.bent),
    }
    added = (there.has_field ^ back.has_field) & (np.maximum(there.missing_field, back.missing_field) > 0)
    claims["field_added"], claims["field_added_in_one_script"] = added, added & one_script
    parts = (("name", settings.full_name), ("field", settings.full_field), ("standing", settings.full_standing))
    for part, full in parts:
        missing = np.maximum(getattr(there, f"missing_{part}"), getattr(back, f"missing_{part}"))
        missing = np.minimum(1.0, missing / full)
        claims[f"{part}_missing"], claims[f"{part}_missing_in_one_script"] = missing, missing * one_script
    return claims


def _compare_details(there: Explained, back: Explained, one_script: Flags) -> dict[str, Floats | Flags]:
    one_sided = there.has_number ^ back.has_number
    unmet = ~there.numbered & ~back.numbered
    missing = ~there.numbered | ~back.numbered
    places = there.has_place & back.has_place
    foreign = np.minimum(there.missing_country, back.missing_country) > 0
    abroad = np.maximum(there.missing_abroad, back.missing_abroad)
    scopes = (_is_wider(there, back) | _is_wider(back, there)) & one_script
    return {
        "numbers_differ": np.where(unmet, 1.0, np.where(one_sided & missing, 0.5, 0.0)),
        "places_differ": np.where(foreign, 1.0, np.where(places, 1.0 - np.maximum(there.placed, back.placed), 0.0)),
        "scopes_differ_in_one_script": scopes,
        "abroad_missing": abroad,
        "abroad_missing_in_one_script": abroad * one_script,
    }


def _carry_other_numbers(there: Explained, back: Explained, left: Ints, right: Ints) -> Flags:
    """Whether two schools or hospitals, by their families, carry different numbers, or one of them one that is not the first."""
    differ = (there.lacks_later | back.lacks_later) & (
        (there.has_number ^ back.has_number) | ~(there.numbered | back.numbered)
    )
    return np.asarray(differ & (left == right) & _flag_families(NEVER_OTHERS)[left], dtype=np.bool_)


def _is_wider(one: Explained, other: Explained) -> Flags:
    """Whether one name says a country and no place, and the other a place that is not explained, and no country."""
    placed = other.has_place & (other.placed == 0) & ~other.has_country
    return np.asarray(one.has_country & ~one.has_place & placed, dtype=np.bool_)


def _compare_kinds(left: Ints, right: Ints, one_script: Flags) -> dict[str, Flags]:
    """Compare what kinds of organization the heads of two names say, by the numbers of their families."""
    said, alone = _flag_families(SAID), _flag_families(NEVER_OTHERS)
    one, two, apart = said[left], said[right], alone[left] | alone[right]
    differ = apart & (left != right)
    return {
        "kinds_exclude": one & two & differ,
        "kinds_exclude_in_one_script": (left >= 0) & (right >= 0) & differ & one_script,
        "kind_unsaid": (one & (right < 0)) | (two & (left < 0)),
    }


@cache
def _flag_families(kinds: Sequence[str]) -> Flags:
    """By the number of a family, whether it is that of one of these kinds; the last is for none."""
    flags = np.zeros(FAMILIES, dtype=np.bool_)
    flags[[family_number(f"kind:{kind}") for kind in kinds]] = True
    return flags


def _compare_wholes(matcher: Matcher, left: Ints, right: Ints) -> dict[str, Floats | Flags]:
    """Compare the organizations above, where both name one; where one does, the other may say it in its own name."""
    above, below = matcher.profiles.wholes[left], matcher.profiles.wholes[right]
    two = (above >= 0) & (below >= 0)
    alike = np.zeros(len(left))
    if two.any():
        alike[two] = _liken_wholes(matcher, above[two], below[two])
    return {
        "wholes_agree": alike,
        "wholes_differ": two * (1.0 - alike),
        "whole_unnamed": (above >= 0) ^ (below >= 0),
    }


def _liken_wholes(matcher: Matcher, above: Ints, below: Ints) -> Floats:
    there, back = matcher.explain_both(above, below)
    fits, _ = fit_acronyms(matcher.profiles, matcher.columns, above, below, matcher.settings, share=False)
    foreign = np.minimum(there.missing_country, back.missing_country) > 0  # the Czech academy is not the Chinese one
    named = np.where(there.has_name | back.has_name, np.minimum(there.named, back.named), 1.0)
    shared = np.minimum(np.minimum(there.share, back.share), named)  # Jilin University is not half of Peking University
    return np.maximum(np.where(foreign, 0.0, shared), fits)


def _read_misspelled(
    profiles: Profiles, there: Explained, back: Explained, left: Ints, right: Ints, one_script: Flags
) -> tuple[Floats, Floats]:
    """How nearly two names are written the same where one has a word that nobody uses, and the weight that they then share."""
    unused = one_script & (np.maximum(there.missing_unknown, back.missing_unknown) >= UNUSED)
    (pairs,) = unused.nonzero()
    alike = np.zeros(len(left))
    alike[pairs] = read_alike(profiles, left[pairs], right[pairs])
    if not alike.any():
        return alike, alike
    asked = [
        np.divide(side.weight, side.share, out=np.zeros(len(left)), where=side.share > 0) for side in (there, back)
    ]
    return alike, alike * np.minimum(*asked)


def _mend(explained: Explained, alike: Floats, shared: Floats) -> Explained:
    """Words of a name that is the other one misspelled are those of the other."""
    if not alike.any():
        return explained
    same = alike > 0
    return explained._replace(
        share=np.maximum(explained.share, alike),
        named=np.maximum(explained.named, alike),
        missing_name=np.where(same, 0.0, explained.missing_name),
        missing_field=np.where(same, 0.0, explained.missing_field),
        missing_standing=np.where(same, 0.0, explained.missing_standing),
        missing_rank=np.where(same, 0.0, explained.missing_rank),
        missing_abroad=np.where(same, 0.0, explained.missing_abroad),
        weight=np.maximum(explained.weight, shared),
        bent=np.where(same, (1.0 - alike) * shared, explained.bent),
    )


def _spell_out(explained: Explained, fits: Floats, enough: float) -> Explained:
    """A bare acronym and the name that it spells explain each other, as far as the letters fit."""
    if not fits.any():
        return explained
    return explained._replace(
        share=np.maximum(explained.share, fits),
        named=np.maximum(explained.named, fits),
        missing_name=np.minimum(explained.missing_name, 1.0 - fits),
        missing_field=np.minimum(explained.missing_field, 1.0 - fits),
        missing_standing=np.minimum(explained.missing_standing, 1.0 - fits),
        missing_rank=np.minimum(explained.missing_rank, 1.0 - fits),
        missing_abroad=np.minimum(explained.missing_abroad, 1.0 - fits),
        weight=np.maximum(explained.weight, fits * enough / 2),
        bent=np.where(fits > 0, 0.0, explained.bent),
    )


def _compare_acronyms(spoken: Flags, fits: Floats, left: Ints, right: Ints) -> dict[str, Floats]:
    return {"acronym_fits": fits, "acronyms_differ": (1.0 - fits) * (spoken[left] & spoken[right])}


def _same_text(profiles: Profiles, columns: Columns, left: Ints, right: Ints) -> Floats:
    """1 where both the own names and the wholes above them are the same once folded."""
    same = np.zeros(len(left))
    (pairs,) = (columns.texts[left] == columns.texts[right]).nonzero()
    for pair in pairs.tolist():
        one, two = int(left[pair]), int(right[pair])
        above = [profiles.folded[whole] if whole >= 0 else None for whole in profiles.wholes[[one, two]].tolist()]
        same[pair] = profiles.folded[one] == profiles.folded[two] and above[0] == above[1]
    return same


def _differ(one: Ints, two: Ints) -> Flags:
    """Whether two numbers are known and differ."""
    return np.asarray((one >= 0) & (two >= 0) & (one != two), dtype=np.bool_)
