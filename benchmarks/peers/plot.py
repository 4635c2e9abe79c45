"""Draw a race: wall time and B-cubed F1 of each contestant over the number of rows."""

from __future__ import annotations

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd


def main() -> None:
    """Read the table, write the picture."""
    laps = pd.read_csv(sys.argv[1])
    laps = laps[laps["b_cubed_f1"].notna()]
    figure, (time, right) = plt.subplots(1, 2, figsize=(10, 4.5), layout="constrained")
    for contestant, own in laps.groupby("contestant", sort=False):
        strong = {"linewidth": 2.5} if contestant == "partnermatch" else {"linewidth": 1.2, "linestyle": "--"}
        time.loglog(own["rows"], own["seconds"], marker="o", label=contestant, **strong)
        right.semilogx(own["rows"], own["b_cubed_f1"], marker="o", label=contestant, **strong)
    time.set(xlabel="rows", ylabel="wall time, seconds", title="Time, start-up included")
    right.set(xlabel="rows", ylabel="B-cubed F1", title="How right the groups are")
    right.legend()
    for axes in (time, right):
        axes.grid(alpha=0.3)
    figure.savefig(sys.argv[2], dpi=150)


if __name__ == "__main__":
    main()
