"""Learn the weights of the claims, and show by cross-validation what they are worth.

    python benchmarks/fit_scores.py                  prints cross-validated figures, writes scores.py's table

Data: candidate pairs of ../shared/gold/riken_ki_dev.csv's mentions and of a dedupe job of 10,000 rows made from the
registry, and of a list of all institutions of Japan, where names are nearer to each other than in any other, each
labelled by whether the two are one institution; and the Japanese names of ../shared/data/ja_en_dev.csv, each beside the
Latin names that the registry's institutions in Japan have near it, of which one institution is right.
Logistic regression on the pairs and a conditional logit on the choices (McFadden, 1974) share their weights, every weight
held to the sign that its claim promises and pulled toward a person's guess. The start is the pairs' alone: how likely two
names are one institution before anything is known differs from list to list, which institution of many is meant does not.

The names of japanese_names.tsv are left out (unlisted.py): a name that is listed says nothing of those that are not.

Folds: a mention's or a job's by the place of its institution in sorted order modulo 5, so that no institution's pairs are
in two folds; a Japanese name's as in held_out.py, and its words were aligned without its fold. No randomness but the
job's seed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from cross_script import load_latin_registry, load_names
from held_out import without_fold
from learn_translations import FOLDS, fold_of
from numpy.typing import NDArray
from one_country import list_names
from scipy.optimize import minimize
from unlisted import leave_out_listed

from partnermatch.asking import ask_registry
from partnermatch.candidates import find_candidates
from partnermatch.evidence import CLAIMS, gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.keys import build_keys
from partnermatch.links import find_links
from partnermatch.profiles import build_profiles
from partnermatch.settings import CandidateSettings, Settings
from partnermatch.whole_file import write_whole

SHARED = Path(__file__).parents[2] / "shared"
SCORES = Path(__file__).parents[1] / "src/partnermatch/scores.py"
OPENING, CLOSING = "# Learned by benchmarks/fit_scores.py.\n", "# End of what is learned.\n"
JOB_ROWS, JOB_SEED = 10_000, 101
PULL = 2.0
"""Strength of the pull toward PRIOR, in pairs' worth of log-likelihood for each unit of log-odds squared."""
PRIOR = {
    "same_text": 4.0,
    "words_answered": 5.0,
    "names_answered": 1.0,
    "words_unanswered": -3.0,
    "swapped": -2.0,
    "swapped_in_one_script": -3.0,
    "name_missing": -1.0,
    "name_missing_in_one_script": -2.0,
    "field_missing": -1.0,
    "field_missing_in_one_script": -3.0,
    "fields_taught_differ": -1.5,
    "fields_taught_differ_in_one_script": -3.0,
    "field_added": -1.0,
    "field_added_in_one_script": -1.5,
    "standing_missing": -0.5,
    "standing_missing_in_one_script": -2.0,
    "schools_standing_missing_in_one_script": -3.0,
    "little_shared": -2.0,
    "spelled_apart": -1.5,
    "numbers_differ": -4.0,
    "school_numbers_differ": -4.0,
    "places_differ": -4.0,
    "school_place_missing_in_one_script": -3.0,
    "scopes_differ_in_one_script": -3.0,
    "abroad_missing": -1.0,
    "abroad_missing_in_one_script": -3.0,
    "kinds_differ": -2.0,
    "kinds_differ_in_one_script": -2.0,
    "kinds_akin_in_one_script": -2.0,
    "kinds_exclude": -2.0,
    "kinds_exclude_in_one_script": -1.0,
    "kind_unsaid": -1.5,
    "countries_agree": 1.0,
    "countries_differ": -4.0,
    "wholes_agree": 1.5,
    "wholes_differ": -4.0,
    "siblings_differ": -1.0,
    "whole_unnamed": -0.5,
    "whole_needed": -1.0,
    "acronym_fits": 2.0,
    "acronyms_differ": -1.0,
}
"""What a person would say before seeing data, in log-odds; its signs are binding."""
AT_LEAST = {
    "numbers_differ": -3.0,
    "school_numbers_differ": -4.0,
    "school_place_missing_in_one_script": -2.5,
    "countries_agree": 2.0,
    "countries_differ": -9.0,
    "whole_unnamed": -1.3,
    "whole_needed": -1.0,
    "same_text": 4.0,
    "field_added": -0.5,
    "field_added_in_one_script": -2.0,
    "name_missing": -0.5,
    "name_missing_in_one_script": -1.5,
    "fields_taught_differ_in_one_script": -3.0,
    "kinds_akin_in_one_script": -4.0,
    "kinds_exclude": -2.0,
    "kind_unsaid": -1.5,
    "abroad_missing": -3.0,
    "abroad_missing_in_one_script": -3.0,
}
"""Log-odds that no data may weaken, because it has too few such pairs. A name means what it means, however common its
words: 京都大学 is not 京都精華大学, though most lists have only one of them; nor is 東京歯科大学 東京医科歯科大学, though jobs have
universities of which a field was dropped on purpose; nor is Boston College Boston University, nor the American University in
Cairo Cairo University. Two countries have a Ministry
of Agriculture each, though most lists have the institutions of a few, and where no country is said each may be meant. A
faculty of medicine that does not say of which university may be that of any, and an academy's institute is not every
institute of its field. And the mentions have one consortium with five numbered phases (FANTOM2 to FANTOM6), which alone would
teach that numbers mean nothing."""
ROUNDS = 2
"""Times that the choices are fitted: of each institution the name counts that the last weights like best."""
WIDE = CandidateSettings(see=1_000, keep=80)
"""As many names are looked at as are compared with each that is asked of a registry, and not the nearest alone: weights that
have only seen pairs hard to tell apart find two names that have nothing in common too likely."""
MENTIONS_COUNT, JOB_COUNTS, DENSE_COUNTS = 1.0, 0.01, 0.0004
"""What a pair of each list counts for. A hundred pairs of the job stand beside one that a person judged. With 0 for the list of a
country the cross-validated precision of the job's pairs is .957, with 0.0004 .960, with 0.001 .963; their recall falls: .877, .870,
.861. Of the mentions precision is .981, .981, .987, and recall .974 with each."""
CHOICES_COUNT = 0.3
"""What a choice counts for, in labelled pairs. From 0.1 to 1 recall@1 rises by 0.5 points and the mentions do not change."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Pairs(NamedTuple):
    """Labelled candidate pairs."""

    claims: Floats
    same: Floats
    folds: NDArray[np.int64]
    importance: float


class Choices(NamedTuple):
    """Names beside what is near them in a registry, one row an asked name and a known one.

    Attributes:
        claims: [p, c] claims about the two.
        question: [p] number of the asked name, rising.
        institution: [p] whose name the known one is.
        right: [p] 1 where that is the institution that is meant.
        folds: [p] of the institution that is meant.
    """

    claims: Floats
    question: Ints
    institution: Ints
    right: Floats
    folds: Ints


def gather(names: list[str], countries: list[str], truth: list[str], importance: float) -> Pairs:
    """The candidate pairs of some names with their claims, labelled by the institution that each name is known to mean."""
    settings = Settings(candidates=WIDE)
    profiles, readings = build_profiles(names, countries, settings)
    links = find_links(profiles.atoms, settings.links)
    candidates = find_candidates(build_keys(profiles, links), settings.candidates)
    claims = gather_evidence(Matcher(profiles, links), candidates.left, candidates.right).values.astype(np.float64)
    numbers = {entity: number for number, entity in enumerate(sorted(set(truth)))}
    entities = np.full(len(profiles), -1)
    for profile, entity in zip(readings.profiles[::-1].tolist(), truth[::-1], strict=True):
        entities[profile] = numbers[entity]
    left, right = entities[candidates.left], entities[candidates.right]
    known = (left >= 0) & (right >= 0)
    folds = np.where(left % FOLDS == right % FOLDS, left % FOLDS, -1)
    return Pairs(claims[known], (left == right)[known].astype(np.float64), folds[known], importance)


def load_pairs() -> list[Pairs]:
    """The pairs of the mentions, of a dedupe job, and of a list of all institutions of a country."""
    gold = pd.read_csv(SHARED / "gold/riken_ki_dev.csv", dtype=str, keep_default_na=False)
    job, dense = make_job(), list_names("JP")
    return [
        gather(list(gold["mention"]), list(gold["country"]), list(gold["canonical_entity"]), MENTIONS_COUNT),
        gather(list(job["name"]), list(job["country"]), list(job["truth"]), JOB_COUNTS),
        gather(list(dense["name"]), list(dense["country"]), list(dense["truth"]), DENSE_COUNTS),
    ]


def load_choices() -> Choices:
    """What is near each Japanese name among the institutions of Japan, by a table that never saw its fold."""
    registry, names = load_latin_registry("JP"), load_names(None, None)
    parts: list[Choices] = []
    for fold in range(FOLDS):
        with without_fold(fold):
            rows = names[[fold_of(id) == fold for id in names["ror_id"]]]
            asked = ask_registry(list(rows["ja"]), list(rows["country"]), registry, Settings(), lambda *_: None)
        meant = np.full(asked.questions.shape[1], -1, dtype=np.int64)
        right = registry.current_rows[[registry.find(id) for id in rows["ror_id"]]]
        meant[asked.places[asked.places >= 0]] = right[asked.places >= 0]
        question, pair = spread(asked.near.left, asked.questions[0])
        known = asked.near.right[pair]
        count = asked.known.starts[known + 1] - asked.known.starts[known]
        row = np.repeat(np.arange(len(pair)), count)
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count - asked.known.starts[known], count)
        institution, question = asked.known.owners[place], question[row]
        first = int(parts[-1].question.max()) + 1 if parts else 0
        parts.append(
            Choices(
                asked.evidence.values[pair[row]].astype(np.float64),
                question + first,
                institution,
                (institution == meant[question]).astype(np.float64),
                np.full(len(row), fold),
            )
        )
    return Choices(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def spread(rows: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """The pairs of each question: numbers of the questions, rising, and places of the pairs."""
    first, last = np.searchsorted(rows, asked, "left"), np.searchsorted(rows, asked, "right")
    spans = [np.arange(start, stop) for start, stop in zip(first, last, strict=True)]
    return np.repeat(np.arange(len(asked)), last - first), np.concatenate(spans)


def make_job() -> pd.DataFrame:
    """A dedupe job with known truth, from a seed that no benchmark reports on."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "job.csv"
        dump = SHARED / "data/ror-subset-schema-v2.zip"
        subprocess.run(
            [sys.executable, SHARED / "tools/make_dedupe.py", dump, str(JOB_ROWS), out, str(JOB_SEED)], check=True
        )
        return pd.read_csv(out, dtype=str, keep_default_na=False)


def fit(groups: list[Pairs], choices: Choices, leave_out: int | None = None) -> tuple[float, Floats]:
    """Weights and start that make labels and choices likeliest; what touches the left-out fold is not seen."""
    kept = [np.ones(len(group.same), bool) if leave_out is None else _outside(group, leave_out) for group in groups]
    claims = np.concatenate([group.claims[rows] for group, rows in zip(groups, kept, strict=True)])
    same = np.concatenate([group.same[rows] for group, rows in zip(groups, kept, strict=True)])
    count = np.concatenate([np.full(rows.sum(), group.importance) for group, rows in zip(groups, kept, strict=True)])
    prior = np.array([PRIOR[claim] for claim in CLAIMS])
    bounds = [(None, None), *(_bounds(claim) for claim in CLAIMS)]
    found = np.concatenate([[-4.0], prior])
    for _ in range(ROUNDS):
        seen = choices.folds != (-1 if leave_out is None else leave_out)
        best = pick_best(choices, choices.claims @ found[1:], seen)

        def loss(parameters: Floats, best: Ints = best) -> tuple[float, Floats]:
            start, weights = parameters[0], parameters[1:]
            margin = start + claims @ weights
            error = count * (1.0 / (1.0 + np.exp(-margin)) - same)
            chosen, slope = choose(choices, best, weights)
            total = np.sum(count * (np.logaddexp(0.0, margin) - same * margin)) - CHOICES_COUNT * chosen
            total += PULL * 0.5 * np.sum((weights - prior) ** 2)
            return float(total), np.concatenate(
                [[error.sum()], claims.T @ error - CHOICES_COUNT * slope + PULL * (weights - prior)]
            )

        found = minimize(loss, found, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), found[1:]


def pick_best(choices: Choices, scores: Floats, seen: NDArray[np.bool_]) -> Ints:
    """Rows of the best name of each institution of each question in which the right one is there to be chosen."""
    rows = np.flatnonzero(seen)
    order = rows[np.lexsort((-scores[rows], choices.institution[rows], choices.question[rows]))]
    pairs = np.stack([choices.question[order], choices.institution[order]])
    best = order[np.flatnonzero((np.diff(pairs, prepend=-1, axis=1) != 0).any(axis=0))]
    there = np.bincount(choices.question[best], weights=choices.right[best]) > 0
    return best[there[choices.question[best]]]


def choose(choices: Choices, best: Ints, weights: Floats) -> tuple[float, Floats]:
    """Log-likelihood of the right choices, and its slope."""
    claims, right = choices.claims[best], choices.right[best]
    _, question = np.unique(choices.question[best], return_inverse=True)
    score = claims @ weights
    highest = np.full(question.max() + 1, -np.inf)
    np.maximum.at(highest, question, score)
    odds = np.exp(score - highest[question])
    total = np.bincount(question, weights=odds)
    chance = odds / total[question]
    return float((right * np.log(chance)).sum()), claims.T @ (right - chance)


def _bounds(claim: str) -> tuple[float | None, float | None]:
    """The range of a weight: on the side that its sentence promises, and not weaker than a person allows."""
    least = AT_LEAST.get(claim, 0.0)
    return (least, None) if PRIOR[claim] > 0 else (None, least)


def _outside(group: Pairs, fold: int) -> NDArray[np.bool_]:
    return np.asarray(group.folds != fold, dtype=np.bool_) & (group.folds >= 0)


def main() -> None:
    """Print cross-validated figures, then write the table learned from everything."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    leave_out_listed()
    groups, choices = load_pairs(), load_choices()
    learned = [fit(groups, choices, fold) for fold in range(FOLDS)]
    for name, group in zip(("mentions", "job", "Japan"), groups, strict=True):
        held = np.full(len(group.same), np.nan)
        for fold, (start, weights) in enumerate(learned):
            rows = group.folds == fold
            held[rows] = 1.0 / (1.0 + np.exp(-(start + group.claims[rows] @ weights)))
        rows = ~np.isnan(held)
        report(name, held[rows], group.same[rows])
    report_choices(choices, learned)
    start, weights = fit(groups, choices)
    write_weights(start, weights)


def report_choices(choices: Choices, learned: list[tuple[float, Floats]]) -> None:
    """How often the right institution comes first among those that are near, where it is near at all."""
    scores = np.zeros(len(choices.right))
    for fold, (_, weights) in enumerate(learned):
        rows = choices.folds == fold
        scores[rows] = choices.claims[rows] @ weights
    best = pick_best(choices, scores, np.ones(len(scores), dtype=np.bool_))
    order = best[np.lexsort((choices.institution[best], -scores[best], choices.question[best]))]
    first = order[np.flatnonzero(np.diff(choices.question[order], prepend=-1))]
    asked = len(np.unique(choices.question))
    print(f"choices: {asked} names, right one near {len(first)}, first {int(choices.right[first].sum())}")


def write_weights(start: float, weights: Floats) -> None:
    """Put the learned numbers into scores.py, between its marks."""
    table = [f"START = {start:.2f}", '"""Log-odds before anything is known of a candidate pair."""', "", "WEIGHTS = {"]
    table += [f'    "{claim}": {weight:.2f},' for claim, weight in zip(CLAIMS, weights, strict=True)]
    before, opening, rest = SCORES.read_text(encoding="utf-8").partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    if not (before and opening and closing):
        raise SystemExit(f"{SCORES} has not the marks between which weights are put; restore it and run again.")
    text = before + opening + "\n".join([*table, "}"]) + "\n" + closing + after
    write_whole(SCORES, [text.encode()])


def report(name: str, probability: Floats, same: Floats) -> None:
    """Precision, recall and calibration error of held-back pairs."""
    said = probability >= 0.5
    precision, recall = same[said].mean(), same[said].sum() / same.sum()
    bins = np.minimum((probability * 10).astype(int), 9)
    error = sum(abs(probability[bins == b].mean() - same[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    print(f"{name}: {len(same)} pairs, {int(same.sum())} same; P {precision:.4f} R {recall:.4f}, ECE {error:.4f}")


if __name__ == "__main__":
    main()
