"""Splink on DuckDB, set up as its guides advise: blocked by any rare key, u from random pairs, m by EM in two passes.

The name is compared by letters (Jaro-Winkler, as written and with its words sorted), by the share of words that two
names have in common, and by how far the shorter is in the longer; the rarest word exactly, with its frequency; the country.
A fifth of the rows has no country, and so no block is by country.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pandas as pd
import splink.comparison_library as cl
from job import read_job, write_groups
from rapidfuzz.utils import default_process
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COMMON = "len(list_intersect(words_l, words_r)) * 1.0"
SHARED = f"({COMMON} / len(list_distinct(list_concat(words_l, words_r))))"
WITHIN = f"({COMMON} / least(len(words_l), len(words_r)))"
LETTERS = "greatest(jaro_winkler_similarity(folded_l, folded_r), jaro_winkler_similarity(ordered_l, ordered_r))"
MOST, ENDS = 50, 5
"""Rows that may share a key, and letters of the beginning and the end of a name that are keys, too."""
RANDOM_PAIRS, SEED = 1e6, 1


def lay_out(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that are blocked by and compared."""
    folded = [default_process(unicodedata.normalize("NFKC", name)) for name in rows["name"]]
    words = [sorted(set(name.split())) for name in folded]
    keys = [[*own, f"{name[:ENDS]}-", f"-{name[-ENDS:]}"] for own, name in zip(words, folded, strict=True)]
    counts = Counter(key for own in keys for key in own)
    return pd.DataFrame(
        {
            "unique_id": np.arange(len(rows)),
            "country": rows["country"].replace("", None),
            "folded": folded,
            "ordered": [" ".join(own) for own in words],
            "words": words,
            "rarest": [min(own, key=lambda word: (counts[word], word), default=None) for own in words],
            "keys": [[key for key in own if counts[key] <= MOST] for own in keys],
        }
    )


def compare(column: str, measure: str, steps: tuple[float, ...]) -> cl.CustomComparison:
    """A comparison with a level for each step of a measure."""
    levels = [{"sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL", "is_null_level": True}]
    levels += [{"sql_condition": f"{measure} >= {step}", "label_for_charts": f">= {step}"} for step in steps]
    return cl.CustomComparison([*levels, {"sql_condition": "ELSE"}], output_column_name=column)


def main() -> None:
    """Group the rows of a job."""
    job = read_job(threshold=0.9999)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare("folded", LETTERS, (1.0, 0.97, 0.94, 0.9, 0.8)),
            compare("words", SHARED, (1.0, 0.75, 0.6, 0.45, 0.3)),
            compare("keys", WITHIN, (1.0, 0.75, 0.5)),
            cl.ExactMatch("rarest").configure(term_frequency_adjustments=True),
            cl.ExactMatch("country"),
        ],
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"]), block_on("ordered")],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(lay_out(job.rows)), settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("ordered")], recall=0.5)
    training.estimate_u_using_random_sampling(RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
    for rule in ("rarest", "ordered"):
        training.estimate_parameters_using_expectation_maximisation(block_on(rule), record_sample_proportion=1.0)
    pairs = linker.inference.predict(threshold_match_probability=job.threshold)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, job.threshold).as_pandas_dataframe()
    groups = np.empty(len(job.rows), dtype=np.int64)
    groups[found["unique_id"].to_numpy()] = found["cluster_id"].to_numpy()
    write_groups(job, groups)


if __name__ == "__main__":
    main()
