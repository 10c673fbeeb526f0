"""Count the persons of a population who fit a published class."""

import numpy as np

from desensitize.privacy.lattice import Integers, Lattice


def population_rows(lattice: Lattice, node: int, members: Integers) -> Integers:
    """Return for one member of each class at a node how many of the population fit its labels."""
    sample = len(lattice.counts)
    everybody = np.arange(sample, sample + len(lattice.population), dtype=np.int64)
    keys = lattice.keys(node, np.concatenate([members, everybody]))
    asked, persons = keys[: len(members)], keys[len(members) :]
    order = np.argsort(asked, kind="stable")
    places = np.clip(np.searchsorted(asked[order], persons), 0, max(0, len(asked) - 1))
    if not len(asked):
        return np.zeros(0, dtype=np.int64)
    fits = asked[order][places] == persons
    found = np.bincount(places[fits], weights=lattice.population[fits], minlength=len(asked))
    answer = np.empty(len(asked), dtype=np.int64)
    answer[order] = found.astype(np.int64)
    return answer
