"""rapidfuzz alone: every two names, but for those of two countries, by its ratio of sorted words, on all cores."""

from __future__ import annotations

import numpy as np
from job import join_pairs, read_job, write_groups
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

AT_ONCE = 500


def main() -> None:
    """Group the rows of a job."""
    job = read_job(threshold=88.0)
    keys = job.rows["name"].map(default_process) + "\t" + job.rows["country"]
    distinct, places = np.unique(keys.to_numpy(dtype=str), return_inverse=True)
    names = [key.partition("\t")[0] for key in distinct]
    countries = np.array([key.partition("\t")[2] for key in distinct])
    ends: list[np.ndarray] = [np.zeros((2, 0), dtype=np.int64)]
    for first in range(0, len(names), AT_ONCE):
        part = names[first : first + AT_ONCE]
        likeness = cdist(
            part, names[first:], scorer=token_sort_ratio, score_cutoff=job.threshold, dtype=np.uint8, workers=2
        )
        ends.append(np.stack(np.nonzero(likeness)) + first)
    left, right = np.concatenate(ends, axis=1)
    one, two = countries[left], countries[right]
    same = (one == two) | (one == "") | (two == "")
    write_groups(job, join_pairs(len(distinct), left[same], right[same])[places])


if __name__ == "__main__":
    main()
