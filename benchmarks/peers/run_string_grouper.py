"""string_grouper, as its README shows it: `group_similar_strings`, with the country in the string, so that it counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from job import read_job, write_groups
from string_grouper import group_similar_strings


def main() -> None:
    """Group the rows of a job."""
    job = read_job(threshold=0.8)
    keys = job.rows["name"] + " " + job.rows["country"]
    distinct, places = np.unique(keys.to_numpy(dtype=str), return_inverse=True)
    found = group_similar_strings(
        pd.Series(distinct), min_similarity=job.threshold, ignore_index=True, number_of_processes=2
    )
    write_groups(job, np.unique(found.to_numpy(dtype=str), return_inverse=True)[1][places])


if __name__ == "__main__":
    main()
