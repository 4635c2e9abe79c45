"""Which institution of a registry each name of a table means, where that is certain enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from partnermatch.clusters import know_nothing, list_institutions
from partnermatch.model import Ints, Profiles, Readings, Registered

if TYPE_CHECKING:
    import pandas as pd

    from partnermatch.registry import Registry

Register = Callable[[Profiles, Readings], Registered]
"""Says which institution each name means."""


class Authority(NamedTuple):
    """Who says which institution each name means.

    Attributes:
        sha256: of the registry, empty where there is none.
        register: asks it.
    """

    sha256: str
    register: Register


NO_AUTHORITY = Authority("", lambda profiles, _: know_nothing(len(profiles)))


def make_authority(registry: Registry | None, resolve: Callable[..., pd.DataFrame], least: float) -> Authority:
    """A registry as what says which institution each name of a table means.

    Args:
        registry: that is asked; None for none.
        resolve: asks it for the names of a table, as `pipeline.resolve` does.
        least: probability from which an answer counts.
    """
    if registry is None:
        return NO_AUTHORITY
    import pandas as pd

    from partnermatch.registry import Registry

    if not isinstance(registry, Registry):
        raise TypeError(f"A registry is made by pm.Registry; this is {type(registry).__name__}.")

    answered: dict[tuple[str, str], tuple[str, float]] = {}

    def ask(profiles: Profiles, _: Readings) -> Registered:
        names = list(zip(profiles.texts, profiles.countries, strict=True))
        fresh = [name for name in dict.fromkeys(names) if name not in answered]
        table = pd.DataFrame(fresh, columns=["name", "country"], dtype=object)
        answer = resolve(table, registry, name="name", country="country")
        answered.update(zip(fresh, read_answer(answer, least), strict=True))
        return lay_registered([answered[name] for name in names])

    return Authority(registry.sha256, ask)


def read_answer(answer: pd.DataFrame, least: float) -> Iterator[tuple[str, float]]:
    """The ID that `resolve` answered for each name, and its probability; empty and 0 where it is not certain.

    A name of which it only knows the whole, or in which it finds several institutions, is not certain.

    Args:
        answer: a row a name.
        least: probability from which an answer counts.
    """
    columns = (answer[name] for name in ("canonical_id", "unit", "all_ids", "confidence"))
    for identity, unit, all_ids, confidence in zip(*columns, strict=True):
        certain = identity == all_ids != "" and not unit and float(confidence) >= least
        yield (identity, float(confidence)) if certain else ("", 0.0)


def lay_registered(said: Sequence[tuple[str, float]]) -> Registered:
    """The ID of each name, empty where none is certain, and its probability, as columns."""
    ids, chances = zip(*said, strict=True) if said else ((), ())
    distinct = sorted(set(ids) - {""})
    numbers = {"": -1, **{identity: number for number, identity in enumerate(distinct)}}
    institutions = np.array([numbers[identity] for identity in ids], dtype=np.int64)
    return Registered(institutions, tuple(distinct), np.array(chances, dtype=np.float64))


def name_clusters(labels: Ints, registered: Registered) -> dict[int, str]:
    """The registry's ID of each cluster that has one, by its label."""
    known = list_institutions(labels, registered)
    return {label: registered.ids[known[label]] for label in np.flatnonzero(known >= 0).tolist()}
