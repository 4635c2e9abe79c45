"""Learn the weights of the claims, and show by cross-validation what they are worth.

    python benchmarks/fit_scores.py                  prints cross-validated figures, writes scores.py's table

Data: candidate pairs of ../shared/gold/riken_ki_dev.csv's mentions, of every fifth institution's Japanese and English
names in ../shared/data/ja_en_dev.csv, and of a dedupe job of 10,000 rows made from the registry. Logistic regression with
every weight held to the sign that its claim promises and pulled toward a person's guess. Folds by institution: no
institution's pairs are in two folds. No randomness but the job's seed: an institution's fold is its place in sorted
order modulo 5.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize

from partnermatch.candidates import find_candidates
from partnermatch.evidence import CLAIMS, gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.keys import build_keys
from partnermatch.links import find_links
from partnermatch.profiles import build_profiles
from partnermatch.settings import Settings

SHARED = Path(__file__).parents[2] / "shared"
SCORES = Path(__file__).parents[1] / "src/partnermatch/scores.py"
OPENING, CLOSING = "# Learned by benchmarks/fit_scores.py.\n", "# End of what is learned.\n"
JOB_ROWS, JOB_SEED = 10_000, 101
FOLDS = 5
PULL = 2.0
"""Strength of the pull toward PRIOR, in pairs' worth of log-likelihood for each unit of log-odds squared."""
PRIOR = {
    "same_text": 4.0,
    "words_answered": 5.0,
    "names_answered": 1.0,
    "words_unanswered": -3.0,
    "swapped": -2.0,
    "swapped_in_one_script": -3.0,
    "field_missing": -1.0,
    "field_missing_in_one_script": -3.0,
    "field_added": -1.0,
    "field_added_in_one_script": -1.5,
    "standing_missing": -0.5,
    "standing_missing_in_one_script": -2.0,
    "little_shared": -2.0,
    "spelled_apart": -1.5,
    "numbers_differ": -4.0,
    "places_differ": -4.0,
    "kinds_differ": -2.0,
    "countries_agree": 1.0,
    "countries_differ": -4.0,
    "wholes_agree": 1.5,
    "wholes_differ": -4.0,
    "whole_unnamed": -0.5,
    "acronym_fits": 2.0,
    "acronyms_differ": -1.0,
}
"""What a person would say before seeing data, in log-odds; its signs are binding."""
AT_LEAST = {"numbers_differ": -3.0, "same_text": 4.0, "field_added": -0.5, "field_added_in_one_script": -2.0}
"""Log-odds that no data may weaken, because it has too few such pairs. A name means what it means, however common its
words; and the mentions have one consortium with five numbered phases (FANTOM2 to FANTOM6), which alone would teach that
numbers mean nothing."""
Floats = NDArray[np.float64]


class Pairs(NamedTuple):
    """Labelled candidate pairs."""

    claims: Floats
    same: Floats
    folds: NDArray[np.int64]
    importance: float


def gather(names: list[str], countries: list[str], truth: list[str], importance: float) -> Pairs:
    """The candidate pairs of some names with their claims, labelled by the institution that each name is known to mean."""
    settings = Settings()
    profiles, readings = build_profiles(names, countries, settings)
    links = find_links(profiles.atoms, settings.links)
    candidates = find_candidates(build_keys(profiles, links), settings.candidates)
    claims = gather_evidence(Matcher(profiles, links), candidates.left, candidates.right).values
    numbers = {entity: number for number, entity in enumerate(sorted(set(truth)))}
    entities = np.full(len(profiles), -1)
    for profile, entity in zip(readings.profiles[::-1].tolist(), truth[::-1], strict=True):
        entities[profile] = numbers[entity]
    left, right = entities[candidates.left], entities[candidates.right]
    known = (left >= 0) & (right >= 0)
    folds = np.where(left % FOLDS == right % FOLDS, left % FOLDS, -1)
    return Pairs(claims[known], (left == right)[known].astype(np.float64), folds[known], importance)


def load() -> list[Pairs]:
    """The pairs of the mentions, of the registry's names and of a dedupe job."""
    gold = pd.read_csv(SHARED / "gold/riken_ki_dev.csv", dtype=str, keep_default_na=False)
    names = pd.read_csv(SHARED / "data/ja_en_dev.csv", dtype=str, keep_default_na=False)
    names = names[names["ror_id"].rank(method="dense").astype(int) % 5 == 0]
    english = names.drop_duplicates("ror_id")
    texts, owners = [*names["ja"], *english["en"]], [*names["ror_id"], *english["ror_id"]]
    job = make_job()
    return [
        gather(list(gold["mention"]), list(gold["country"]), list(gold["canonical_entity"]), 1.0),
        gather(texts, ["JP"] * len(texts), owners, 0.3),
        gather(list(job["name"]), list(job["country"]), list(job["truth"]), 0.01),
    ]


def make_job() -> pd.DataFrame:
    """A dedupe job with known truth, from a seed that no benchmark reports on."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "job.csv"
        dump = SHARED / "data/ror-subset-schema-v2.zip"
        subprocess.run(
            [sys.executable, SHARED / "tools/make_dedupe.py", dump, str(JOB_ROWS), out, str(JOB_SEED)], check=True
        )
        return pd.read_csv(out, dtype=str, keep_default_na=False)


def fit(groups: list[Pairs], leave_out: int | None = None) -> tuple[float, Floats]:
    """Weights and start that make the labels likeliest; pairs that touch the left-out fold are not seen."""
    kept = [np.ones(len(group.same), bool) if leave_out is None else _outside(group, leave_out) for group in groups]
    claims = np.concatenate([group.claims[rows] for group, rows in zip(groups, kept, strict=True)])
    same = np.concatenate([group.same[rows] for group, rows in zip(groups, kept, strict=True)])
    weight = np.concatenate([np.full(rows.sum(), group.importance) for group, rows in zip(groups, kept, strict=True)])

    prior = np.array([PRIOR[claim] for claim in CLAIMS])

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = parameters[0] + claims @ parameters[1:]
        probability = 1.0 / (1.0 + np.exp(-margin))
        error = weight * (probability - same)
        total = np.sum(weight * (np.logaddexp(0.0, margin) - same * margin)) + PULL * 0.5 * np.sum(
            (parameters[1:] - prior) ** 2
        )
        return float(total), np.concatenate([[error.sum()], claims.T @ error + PULL * (parameters[1:] - prior)])

    bounds = [
        (None, None),
        *(_bounds(claim) for claim in CLAIMS),
    ]
    found = minimize(loss, np.concatenate([[-4.0], prior]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), found.x[1:]


def _bounds(claim: str) -> tuple[float | None, float | None]:
    """The range of a weight: on the side that its sentence promises, and not weaker than a person allows."""
    least = AT_LEAST.get(claim, 0.0)
    return (least, None) if PRIOR[claim] > 0 else (None, least)


def _outside(group: Pairs, fold: int) -> NDArray[np.bool_]:
    return np.asarray(group.folds != fold, dtype=np.bool_) & (group.folds >= 0)


def main() -> None:
    """Print cross-validated figures, then the table learned from everything."""
    groups = load()
    for name, group in zip(("mentions", "registry", "job"), groups, strict=True):
        held = np.full(len(group.same), np.nan)
        for fold in range(FOLDS):
            start, weights = fit(groups, fold)
            rows = group.folds == fold
            held[rows] = 1.0 / (1.0 + np.exp(-(start + group.claims[rows] @ weights)))
        rows = ~np.isnan(held)
        report(name, held[rows], group.same[rows])
    start, weights = fit(groups)
    write_weights(start, weights)


def write_weights(start: float, weights: Floats) -> None:
    """Put the learned numbers into scores.py, between its marks."""
    table = [f"START = {start:.2f}", '"""Log-odds before anything is known of a candidate pair."""', "", "WEIGHTS = {"]
    table += [f'    "{claim}": {weight:.2f},' for claim, weight in zip(CLAIMS, weights, strict=True)]
    before, _, rest = SCORES.read_text().partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    SCORES.write_text(before + OPENING + "\n".join([*table, "}"]) + "\n" + CLOSING + after)


def report(name: str, probability: Floats, same: Floats) -> None:
    """Precision, recall and calibration error of held-back pairs."""
    said = probability >= 0.5
    precision, recall = same[said].mean(), same[said].sum() / same.sum()
    bins = np.minimum((probability * 10).astype(int), 9)
    error = sum(abs(probability[bins == b].mean() - same[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    print(f"{name}: {len(same)} pairs, {int(same.sum())} same; P {precision:.4f} R {recall:.4f}, ECE {error:.4f}")


if __name__ == "__main__":
    main()
