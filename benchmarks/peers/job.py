"""What every contestant reads and writes: a job of names and countries in, a group for each row out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


class Job(NamedTuple):
    """A job and where its groups go.

    Attributes:
        rows: a frame with the columns row_id, name and country; the truth is left out.
        output: a file.
        threshold: from which two rows are one.
        labelled: a job with its truth, for who learns from pairs; None if not given.
    """

    rows: pd.DataFrame
    output: Path
    threshold: float
    labelled: pd.DataFrame | None


def read_job(threshold: float) -> Job:
    """Read the command line of a contestant, whose best threshold is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--threshold", type=float, default=threshold)
    parser.add_argument("--labelled", type=Path)
    options = parser.parse_args()
    rows = pd.read_csv(options.job, dtype=str, keep_default_na=False)[["row_id", "name", "country"]]
    labelled = pd.read_csv(options.labelled, dtype=str, keep_default_na=False) if options.labelled else None
    return Job(rows, options.output, options.threshold, labelled)


def write_groups(job: Job, groups: np.ndarray) -> None:
    """Write the group of each row."""
    pd.DataFrame({"group": groups}).to_csv(job.output, index=False)


def join_pairs(count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The connected component of each row."""
    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1]
