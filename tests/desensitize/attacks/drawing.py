"""Draw tables anew: by a tree of noisy pairs of columns, which tells of nobody, and by copying."""

import numpy as np
import numpy.typing as npt
import polars as pl


def shuffled(table: pl.DataFrame, seed: int = 0) -> pl.DataFrame:
    """Put the values of each column into an order of its own."""
    random = np.random.default_rng(seed)
    return table.select(
        table[name].gather(random.permutation(table.height)) for name in table.columns
    )


def drawn_by_chain(table: pl.DataFrame, *, noise: float, seed: int = 0) -> pl.DataFrame:
    """Draw each column by its counts beside the column before, with normal noise on each count."""
    random = np.random.default_rng(seed)
    values = {name: table[name].unique().sort() for name in table.columns}
    codes = {
        name: table[name]
        .replace_strict(values[name], pl.int_range(len(values[name]), eager=True))
        .to_numpy()
        for name in table.columns
    }
    drawn: dict[str, npt.NDArray] = {}
    before: str | None = None
    for name, own in values.items():
        rows = 1 if before is None else len(values[before])
        above = np.zeros(table.height, dtype=int) if before is None else codes[before]
        counts = np.zeros((rows, len(own)))
        np.add.at(counts, (above, codes[name]), 1)
        counts = np.clip(counts + random.normal(0, noise, counts.shape), 0, None)
        counts[counts.sum(axis=1) == 0] = 1
        reach = np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)
        under = np.zeros(table.height, dtype=int) if before is None else drawn[before]
        places = (reach[under] < random.random((table.height, 1))).sum(axis=1)
        drawn[name] = np.minimum(places, len(own) - 1)
        before = name
    return pl.DataFrame({name: own[drawn[name]] for name, own in values.items()})


def few_values(rows: int, seed: int, columns: str = "abcd") -> pl.DataFrame:
    """Draw columns of few values and some empty cells, so that there are groups of every size."""
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            name: pl.Series(
                [f"{name}{one}" if one else None for one in random.binomial(8, 0.3, rows) // place]
            )
            for place, name in enumerate(columns, start=1)
        }
    )
