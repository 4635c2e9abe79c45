"""TF-IDF over letters and sparse_dot_topn: the usual recipe for matching company names at scale.

Trigrams within words of the folded name, the twenty nearest of each distinct row above the threshold, no
pairs of two countries, two threads, and what is connected is one.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from job import join_pairs, read_job, write_groups
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

NEAREST, THREADS = 20, 2


def main() -> None:
    """Group the rows of a job."""
    job = read_job(threshold=0.7)
    names = job.rows["name"].map(lambda name: unicodedata.normalize("NFKC", name).casefold())
    keys = names + "\t" + job.rows["country"]
    distinct, places = np.unique(keys.to_numpy(dtype=str), return_inverse=True)
    texts = [key.partition("\t")[0] for key in distinct]
    vectors = csr_matrix(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), dtype=np.float32).fit_transform(texts))
    found = sp_matmul_topn(
        vectors, vectors.T.tocsr(), top_n=NEAREST, threshold=job.threshold, n_threads=THREADS, sort=False
    ).tocoo()
    countries = np.array([key.partition("\t")[2] for key in distinct])
    one, two = countries[found.row], countries[found.col]
    same = (one == two) | (one == "") | (two == "")
    groups = join_pairs(len(distinct), found.row[same], found.col[same])
    write_groups(job, groups[places])


if __name__ == "__main__":
    main()
