"""dedupe, trained on pairs of another job whose truth is known, in place of a person who answers its questions."""

from __future__ import annotations

import io
import json
import random
import unicodedata

import dedupe
import numpy as np
import pandas as pd
from dedupe import variables
from job import read_job, write_groups
from rapidfuzz.utils import default_process

LABELLED, SEED = 500, 1


def lay_out(rows: pd.DataFrame) -> dict[int, dict[str, str | None]]:
    """Records as dedupe takes them."""
    names = [default_process(unicodedata.normalize("NFKC", name)) for name in rows["name"]]
    pairs = zip(names, rows["country"], strict=True)
    return {row: {"name": name or None, "country": country or None} for row, (name, country) in enumerate(pairs)}


def label(rows: pd.DataFrame) -> dict[str, list[tuple[dict[str, str | None], dict[str, str | None]]]]:
    """Pairs of one institution, and pairs of two of one country that share a word."""
    records, draw = lay_out(rows), random.Random(SEED)
    match, distinct = [], []
    for group in rows.groupby("truth").indices.values():
        match += [(records[one], records[two]) for one, two in zip(group.tolist(), group.tolist()[1:], strict=False)]
    truth = rows["truth"].to_numpy()
    for group in rows.groupby([rows["country"], rows["name"].str.split().str[0]]).indices.values():
        pairs = list(zip(group.tolist(), group.tolist()[1:], strict=False))
        distinct += [(records[one], records[two]) for one, two in pairs if truth[one] != truth[two]]
    return {
        "match": draw.sample(match, min(LABELLED, len(match))),
        "distinct": draw.sample(distinct, min(LABELLED, len(distinct))),
    }


def write_training(pairs: dict[str, list[tuple[dict[str, str | None], dict[str, str | None]]]]) -> io.StringIO:
    """Pairs in the form of its training files: records that come otherwise are not known to the learner."""
    return io.StringIO(
        json.dumps({kind: [{"__class__": "tuple", "__value__": pair} for pair in own] for kind, own in pairs.items()})
    )


def main() -> None:
    """Group the rows of a job."""
    job = read_job(threshold=0.5)
    if job.labelled is None:
        raise SystemExit("dedupe learns from pairs: name a job with its truth by --labelled.")
    records = lay_out(job.rows)
    random.seed(SEED)
    np.random.seed(SEED)
    model = dedupe.Dedupe([variables.String("name"), variables.Text("name"), variables.Exact("country")], num_cores=2)
    model.prepare_training(lay_out(job.labelled), training_file=write_training(label(job.labelled)), sample_size=5_000)
    model.train(index_predicates=False)
    groups = np.arange(len(records))
    for number, (rows, _) in enumerate(model.partition(records, job.threshold)):
        groups[list(rows)] = number
    write_groups(job, groups)


if __name__ == "__main__":
    main()
