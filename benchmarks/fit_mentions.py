"""Learn the weights of the claims about institutions that are named in affiliation strings.

    python benchmarks/fit_mentions.py            how well held-back strings are told, then the weights from everything
    python benchmarks/fit_mentions.py --write    and written into mentions/choice.py, trees.tsv and experience.tsv, with the
                                                 operating points in operating.py

Data and folds: those of benchmarks/affiliations.py. Maximum likelihood of the labels under the model of
`mentions.choice`, with a quadratic penalty on the weights; L-BFGS. A label that is not found in a string is not seen.
On what is likely enough by these weights, trees are learned by gradient boosting (LightGBM). They are told, too, how often
an institution was named and meant in other strings than the one they look at (out-of-fold target encoding): as by experience.tsv,
and for some of the strings as if nothing had been seen, as of a registry other than ROR. What they say is drawn to what held-back
strings show (Platt, 1999).

Trees are told, too, what one in twenty of the names means that institutions of ROR are shown by (`registry_names`), each as a
string that says nothing else: labels of strings are often those of what is above, and seldom name what few have heard of.

Labels are learned as they were meant: some are several ids with a semicolon between, and some the name of an institution
that had no id yet and has one by now; and some are institutions that the registry names and does not hold, which are learned
as any other and are no answer. What is counted, here and in affiliations.py, are the labels as they stand.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pandas as pd
from affiliations import DUMP, FOLDS, find_labels, load_strings
from numpy.typing import NDArray
from operating_points import find_points, lay_out_points, replace_between, write_points
from registry_names import list_shown, name_country, write_out
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, identity

from partnermatch.mentions import Meant, choice, experience, find_institutions, pick_answers
from partnermatch.mentions.claims import CLAIMS, DETAILS
from partnermatch.mentions.experience import SEEN, Seen, weigh_seen
from partnermatch.mentions.institutions import Institutions
from partnermatch.mentions.rivals import find_runs
from partnermatch.mentions.trees import COLUMNS, FILE, Node, plant
from partnermatch.model import Flags, Floats, Ints
from partnermatch.registry import Registry
from partnermatch.resolution import read_registry, recall_registry
from partnermatch.settings import Settings
from partnermatch.text.abbreviations import plain_words
from partnermatch.text.affiliations import read_affiliations
from partnermatch.text.fold import fold

CHOICE = Path(choice.__file__)
TREES = CHOICE.with_name(FILE)
EXPERIENCE = CHOICE.with_name(experience.FILE)
EXPERIENCE_HEADING = "# id\tstrings that name it\tstrings that mean it; counted by benchmarks/fit_mentions.py"
HEADING = "# tree\tnode\tcolumn\tlimit\tadds; learned by benchmarks/fit_mentions.py"
OPENING, CLOSING = "# Learned by benchmarks/fit_mentions.py.\n", "# End of what is learned."
SOME, HOPELESS = 6, 1e-4
"""One string of so many is looked at first, and the probability below which an institution is then left out."""
PULL = 1.0
"""Strength of the pull of the weights to nothing."""
NAMES = "registry"
"""The source of a name of the registry."""
COUNTS = {"crossref": 0.7, "s2aff": 2.0, "querylog": 3.0, NAMES: 0.1}
"""How much a string of each source counts: Crossref's are many, have one label each, and one in fourteen is wrong. Of names of
the registry that are not learned from, 84% are answered rightly without those that are, and 96% with them at 0.1; the more they
count, the less is found in S2AFF's strings and the query log."""

ROUNDS = 480
"""Trees."""
RISING = (
    "telling", "alike", "nearly_alike", "nearly_whole_name", "part_in_order", "as_written", "mostly_fills_part",
    "nearly_fills_part", "country_agrees", "city_agrees", "own", "together", "often_meant",
)  # fmt: skip
FALLING = (
    "common", "partly_named", "shared", "namesakes", "within_whole_name", "written_rival", "country_differs",
    "place_differs", "goes_on_of", "goes_on_with_top", "goes_on_with_body", "begun", "behind_other_words",
    "unknown_hospital", "unknown_top",
    "acronym_in_small_letters", "three_letters", "bracketed", "shown_namesake", "turned", "overlapping", "elsewhere",
    "acronym_of_words_before",
)  # fmt: skip
"""Columns of which more never makes an institution less likely, and those of which it never makes it more likely: the figures
are the same without this, and what it says of unseen strings is not."""
SEED = 1
BOOSTING = {
    "objective": "binary",
    "learning_rate": 0.05,
    "max_depth": 6,
    "num_leaves": 31,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "use_missing": False,
    "monotone_constraints": [(column in RISING) - (column in FALLING) for column in COLUMNS],
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": SEED,
    "verbose": -1,
}
LIMIT_DIGITS, LEAF_DIGITS = 7, 4
POSSIBLE = 0.2
"""Probability from which an institution bears on the calibration."""
PARTS, UNSEEN = 8, 0.3
"""Parts of the strings that trees are learned from: what is seen in all others is told of each; and the share of the strings for
which nothing is."""
SEEN_COLUMNS = [len(CLAIMS) + list(DETAILS).index(column) for column in SEEN]


class Learned(NamedTuple):
    """What is learned from some strings.

    Attributes:
        weights: start, both shares and the weight of each claim.
        nodes: of the trees.
        seen: how often institutions, by their row, were named and meant.
        calibration: slope and shift of the log-odds that the trees say.
    """

    weights: Floats
    nodes: list[Node]
    seen: dict[int, Seen]
    calibration: tuple[float, float] = (1.0, 0.0)


class Examples(NamedTuple):
    """Institutions found in strings.

    Attributes:
        strings: [m] row of the string, rising.
        firsts: [m] and `lasts` [m]: the run.
        lasts: see `firsts`.
        institutions: [m] row in the registry.
        listed: [m] whether the registry holds the institution.
        claims: [m, c + d] in the order of `CLAIMS` and `DETAILS`.
        right: [m] whether the string is labelled with it, as the label stands.
        meant: [m] whether its label means it.
        counts: [m] how much it counts.
        folds: [m] of the string.
    """

    strings: Ints
    firsts: Ints
    lasts: Ints
    institutions: Ints
    listed: Flags
    claims: Floats
    right: Floats
    meant: Floats
    counts: Floats
    folds: Ints

    def pick(self, rows: NDArray[np.bool_] | Ints) -> Examples:
        """Some of them."""
        return Examples(
            self.strings[rows],
            self.firsts[rows],
            self.lasts[rows],
            self.institutions[rows],
            self.listed[rows],
            self.claims[rows],
            self.right[rows],
            self.meant[rows],
            self.counts[rows],
            self.folds[rows],
        )


def load_examples(strings: pd.DataFrame, registry: Registry) -> Examples:
    """What is found in the strings."""
    settings = Settings()
    read = read_affiliations(list(strings["affiliation"]), settings.text)
    gazetteer = read_registry(registry, settings).gazetteer
    found = find_institutions(read, [""] * len(read), gazetteer, recall_registry(registry))
    current = registry.current_rows
    labels = [{int(current[registry.find(id)]) for id in wanted} for wanted in find_labels(strings, registry)]
    meanings = [own | more for own, more in zip(labels, read_labels(strings, registry), strict=True)]
    pairs = list(zip(found.strings.tolist(), found.institutions.tolist(), strict=True))
    right, meant = (
        np.array([row in wanted[string] for string, row in pairs], dtype=np.float64) for wanted in (labels, meanings)
    )
    counts = np.array([COUNTS[source] for source in strings["source"]])[found.strings]
    folds = strings["fold"].to_numpy()[found.strings]
    places = (found.strings, found.firsts, found.lasts, found.institutions, found.listed)
    return Examples(*places, found.claims, right, meant, counts, folds)


def read_labels(strings: pd.DataFrame, registry: Registry) -> list[set[int]]:
    """The institutions that labels other than known ids with a space between mean: ids with a semicolon, names, absent ones."""
    current = registry.current_rows.tolist()
    absent = {id: len(registry) + place for place, id in enumerate(registry.absent.ids)}
    owners: dict[str, set[int]] = defaultdict(set)
    for text, owner in zip(registry.texts, registry.owners.tolist(), strict=True):
        owners[plain_words(fold(text))].add(current[owner])
    found: list[set[int]] = []
    for label in strings["ror_ids"]:
        parts = label.split(";")
        rows = [registry.find(part.strip()) for part in parts]
        named = [owners.get(plain_words(fold(part)), set()) for part in parts]
        others = {absent[id] for id in label.replace(";", " ").split() if id in absent}
        found.append({current[row] for row in rows if row >= 0}.union(others, *(own for own in named if len(own) == 1)))
    return found


def load_names(registry: Registry) -> Examples:
    """What is found in names of the registry that are learned from, told as if nothing had been seen."""
    shown = [name for name in list_shown(registry) if name.learned]
    strings = pd.DataFrame(
        {
            "affiliation": [
                write_out(name.name, registry.cities[name.row], name_country(registry.countries[name.row]), name.digest)
                for name in shown
            ],
            "ror_ids": [registry.ids[name.row] for name in shown],
            "source": NAMES,
            "fold": FOLDS,
        }
    )
    return look_back(load_examples(strings, registry), {})


def fit(examples: Examples, names: Examples) -> Learned:
    """The weights that make the labels likeliest, and the trees that say what they leave open, of names of the registry, too."""
    weights = fit_weights(examples)
    with weights_of(weights):
        found, standing = find_open(examples)
        named, beside = find_open(names)
    told = join(look_aside(found), named)
    return Learned(weights, grow_trees(told, np.concatenate([standing, beside])), count_seen(found))


def find_open(examples: Examples) -> tuple[Examples, Floats]:
    """What the claims leave open, and how each stands by them."""
    standing = choice.weigh_claims(examples.strings, examples.firsts, examples.lasts, examples.claims)
    likely = choice.find_likely(standing)
    return examples.pick(likely), standing[likely]


def join(one: Examples, other: Examples) -> Examples:
    """The examples of some strings, and behind them those of others."""
    behind = other._replace(strings=other.strings + int(one.strings.max(initial=-1)) + 1)
    return Examples(*(np.concatenate(columns) for columns in zip(one, behind, strict=True)))


def count_seen(found: Examples) -> dict[int, Seen]:
    """How often each institution was named, and how often it was meant; once a string."""
    pairs = np.stack([found.institutions, found.strings])
    (institutions, _), first = np.unique(pairs, axis=1, return_index=True)
    named, meant = (np.bincount(institutions, weights) for weights in (None, found.meant[first]))
    return {row: Seen(int(named[row]), int(meant[row])) for row in np.unique(institutions).tolist()}


def look_back(found: Examples, seen: dict[int, Seen]) -> Examples:
    """The examples, told what was seen of their institutions."""
    claims, never = found.claims.copy(), Seen(0, 0)
    if len(claims):
        claims[:, SEEN_COLUMNS] = weigh_seen([seen.get(row, never) for row in found.institutions.tolist()])
    return found._replace(claims=claims)


def look_aside(found: Examples) -> Examples:
    """The examples, each told what was seen in the other parts; of some strings as if nothing was."""
    claims, draw = found.claims.copy(), np.random.default_rng(SEED)
    strings = int(found.strings.max(initial=0)) + 1
    parts, unseen = draw.integers(PARTS, size=strings)[found.strings], draw.random(strings)[found.strings] < UNSEEN
    for part in range(PARTS):
        own = parts == part
        seen = count_seen(found.pick(~own))
        for rows, known in ((own & ~unseen, seen), (own & unseen, {})):
            claims[rows] = look_back(found.pick(rows), known).claims
    return found._replace(claims=claims)


def grow_trees(found: Examples, standing: Floats) -> list[Node]:
    """The nodes of the trees."""
    import lightgbm

    columns = choice.lay_columns(found.claims, standing)
    data = lightgbm.Dataset(columns, found.meant, weight=found.counts)
    grown = lightgbm.train(BOOSTING, data, num_boost_round=ROUNDS).dump_model()["tree_info"]
    return [node for tree, found in enumerate(grown) for node in _list_nodes(tree, 1, found["tree_structure"])]


def _list_nodes(tree: int, place: int, found: dict[str, Any]) -> Iterator[Node]:
    """A node of LightGBM's, and all behind it."""
    if "leaf_value" in found:
        yield Node(tree, place, "", 0.0, round(found["leaf_value"], LEAF_DIGITS))
        return
    yield Node(tree, place, COLUMNS[found["split_feature"]], round(found["threshold"], LIMIT_DIGITS), 0.0)
    yield from _list_nodes(tree, 2 * place, found["left_child"])
    yield from _list_nodes(tree, 2 * place + 1, found["right_child"])


def fit_weights(examples: Examples) -> Floats:
    """Start, both shares and the weights that make the labels likeliest.

    Most of what is found is so unlikely that it bears on nothing: what a fit on some of the strings says so of is left out.
    """
    some = examples.pick(examples.strings % SOME == 0)
    begin = _maximize(some, np.concatenate([[-3.0, 1.0, 0.5], np.zeros(len(CLAIMS))]))
    with weights_of(begin):
        standing = choice.weigh_claims(examples.strings, examples.firsts, examples.lasts, examples.claims)
    return _maximize(examples.pick((choice.as_chances(standing[:, -1]) >= HOPELESS) | (examples.meant > 0)), begin)


def _maximize(examples: Examples, begin: Floats) -> Floats:
    runs = find_runs(examples.strings, examples.firsts, examples.lasts)
    count, of = len(examples.right), len(runs.firsts)
    member = csr_matrix((np.ones(count), (np.arange(count), runs.of)), shape=(count, of))
    same, others = (
        member @ csr_matrix((np.ones(chosen.sum()), (runs.left[chosen], runs.right[chosen])), shape=(of, of)) @ member.T
        for chosen in (runs.overlap, ~runs.overlap)
    )
    same -= identity(count)
    claims, labels, counts = examples.claims[:, : len(CLAIMS)], examples.meant, examples.counts

    def loss(parameters: Floats) -> tuple[float, Floats]:
        start, share_same, share_others = parameters[:3]
        weights = parameters[3:]
        scores = start + claims @ weights
        odds = np.exp(np.clip(scores, choice.LOWEST, choice.HIGHEST))
        beside_same, beside_others = 1.0 + same @ odds, 1.0 + others @ odds
        margin = scores - share_same * np.log(beside_same) - share_others * np.log(beside_others)
        error = counts * (1.0 / (1.0 + np.exp(-margin)) - labels)
        back = share_same * (same.T @ (error / beside_same)) + share_others * (others.T @ (error / beside_others))
        slope = error - odds * back
        total = np.sum(counts * (np.logaddexp(0.0, margin) - labels * margin)) + 0.5 * PULL * np.sum(weights**2)
        shares = [-(error * np.log(beside_same)).sum(), -(error * np.log(beside_others)).sum()]
        return float(total), np.concatenate([[slope.sum()], shares, claims.T @ slope + PULL * weights])

    bounds = [(None, None), (0.0, 2.0), (0.0, 2.0), *[(None, None)] * len(CLAIMS)]
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400}).x
    return np.asarray(found, dtype=np.float64)


def fit_folds(examples: Examples, names: Examples) -> tuple[list[Learned], tuple[float, float]]:
    """What is learned without each fold, and the calibration by all that is held back."""
    learned = [fit(examples.pick(examples.folds != fold), names) for fold in range(FOLDS)]
    held, listed = hold_back(examples, learned), examples.listed
    chosen = [listed & (examples.folds != fold) for fold in range(FOLDS)]
    calibrated = [
        own._replace(calibration=calibrate(examples.right[others], held[others]))
        for own, others in zip(learned, chosen, strict=True)
    ]
    return calibrated, calibrate(examples.right[listed], held[listed])


def calibrate(right: Floats, held: Floats) -> tuple[float, float]:
    """Slope and shift that make likeliest what is right, of what may be answered."""
    some = held >= POSSIBLE
    labels, odds = right[some], np.log(held[some]) - np.log1p(-held[some])

    def loss(parameters: Floats) -> float:
        drawn = parameters[0] * odds + parameters[1]
        return float(np.sum(np.logaddexp(0.0, drawn) - labels * drawn))

    slope, shift = minimize(loss, [1.0, 0.0]).x.tolist()
    return slope, shift


def tell(examples: Examples) -> Floats:
    """The probability of each by weights and trees."""
    return choice.choose(examples.strings, examples.firsts, examples.lasts, examples.claims)


def tell_without_trees(examples: Examples) -> Floats:
    """The probability of each by the weights alone."""
    standing = choice.weigh_claims(examples.strings, examples.firsts, examples.lasts, examples.claims)
    return choice.as_chances(standing[:, -1])


def hold_back(examples: Examples, learned: Sequence[Learned], tell_all: Callable[[Examples], Floats] = tell) -> Floats:
    """The probability of each by what was learned without its fold."""
    held = np.zeros(len(examples.right))
    for place, own in enumerate(learned):
        rows = examples.folds == place
        part = look_back(examples.pick(rows), own.seen)
        with learned_of(own):
            held[rows] = tell_all(part)
    return held


@contextmanager
def learned_of(learned: Learned, ids: Sequence[str] = ()) -> Iterator[None]:
    """The library with this in the place of what it has learned; `ids` are those of the registry that is asked."""
    trees, (slope, shift) = plant(learned.nodes), learned.calibration
    seen = {ids[row]: own for row, own in learned.seen.items()} if ids else {}
    with (
        weights_of(learned.weights),
        patch.multiple(choice, SLOPE=slope, SHIFT=shift),
        patch.object(choice, "load_trees", lambda: trees),
        patch.object(experience, "load_experience", lambda: seen),
    ):
        recall_registry.cache_clear()
        yield
    recall_registry.cache_clear()


@contextmanager
def weights_of(learned: Floats) -> Iterator[None]:
    """The library with these weights in the place of its own."""
    start, same, others = learned[:3].tolist()
    weights = dict(zip(CLAIMS, learned[3:].tolist(), strict=True))
    with patch.multiple(choice, START=start, SHARE_SAME=same, SHARE_OTHERS=others, WEIGHTS=weights):
        yield


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well held-back strings are told, and the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write what is learned into mentions/ and operating.py")
    options = parser.parse_args(arguments)
    registry = Registry.from_ror(DUMP)
    strings = load_strings()
    examples, names = load_examples(strings, registry), load_names(registry)
    folds, (slope, shift) = fit_folds(examples, names)
    print(f"{len(examples.right)} found, {int(examples.right.sum())} meant; held back, answered from 0.5:")
    for name, way in (("the weights alone", tell_without_trees), ("weights and trees", tell)):
        said = (hold_back(examples, folds, way) >= 0.5) & examples.listed
        precision, recall = examples.right[said].mean(), examples.right[said].sum() / examples.right.sum()
        print(f"  {name}: P {precision:.4f} R {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}")
    held = hold_back(examples, folds)
    institutions = read_registry(registry, Settings()).gazetteer.institutions
    points = lay_out_points("MENTIONS", measure_points(examples, held, institutions, len(strings)))
    learned = fit(examples, names)
    start, same, others = learned.weights[:3].tolist()
    table = [
        f"START, SHARE_SAME, SHARE_OTHERS = {start:.2f}, {same:.2f}, {others:.2f}",
        f"SLOPE, SHIFT = {slope:.3f}, {shift:.3f}",
        "WEIGHTS: dict[str, float] = {",
    ]
    table += [f'    "{claim}": {weight:.2f},' for claim, weight in zip(CLAIMS, learned.weights[3:], strict=True)]
    print("\n".join([*table, *points]))
    if options.write:
        replace_between(CHOICE, OPENING, CLOSING, [*table, "}"])
        lines = ["\t".join(_write_node(node)) for node in learned.nodes]
        TREES.write_text("\n".join([HEADING, *lines, ""]), encoding="utf-8")
        ids = [*registry.ids, *registry.absent.ids]
        seen = sorted((ids[row], *own) for row, own in learned.seen.items())
        lines = ["\t".join(map(str, own)) for own in seen]
        EXPERIENCE.write_text("\n".join([EXPERIENCE_HEADING, *lines, ""]), encoding="utf-8")
        write_points("benchmarks/fit_mentions.py", points)


def _write_node(node: Node) -> list[str]:
    limit, adds = (str(node.limit), "") if node.column else ("", str(node.adds))
    return [str(node.tree), str(node.place), node.column, limit, adds]


def measure_points(
    examples: Examples, held: Floats, institutions: Institutions, count: int
) -> list[tuple[float, float, float]]:
    """The operating points of held-back answers to so many strings."""
    answers = pick_all(examples, held, institutions)
    return find_points(held[answers], examples.right[answers] > 0, examples.strings[answers], count)


def pick_all(examples: Examples, held: Floats, institutions: Institutions) -> Ints:
    """The places of what would be answered if nothing were too unlikely."""
    likely = np.flatnonzero(held >= choice.OPEN)
    order = likely[np.argsort(-held[likely], kind="stable")]
    listed: dict[int, dict[Meant, int]] = defaultdict(dict)
    columns = (examples.strings, examples.institutions, held, examples.firsts, examples.lasts, examples.listed)
    for place, string, *mention in zip(order.tolist(), *(column[order].tolist() for column in columns), strict=True):
        listed[string][Meant(*mention)] = place
    beside = Settings().scores.beside
    return np.array(
        [own[mention] for own in listed.values() for mention in pick_answers(list(own), 0.0, institutions, beside)]
    )


if __name__ == "__main__":
    main()
