"""Drawing values of a model, block by block, the same ones for a seed on any number of threads."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from valuation.uncertainty.models import Model
from valuation.uncertainty.transforms import Block, Drawer, drawer_of, mapper_of

BLOCK: Final = 16_384
"""Draws at once: the arrays of one block stay in a processor's cache."""

_MOST_THREADS: Final = 4


def draw(model: Model, *, draws: int, seed: int) -> Block:
    """Return `draws` values of the model.

    Each block has a generator of its own (PCG64, seeded by `seed` and the block's number), so that
    memory stays at one number a draw and threads do not change the answer.
    """
    sampler = _Sampler(model)
    values = np.empty(draws)

    def fill(number: int) -> None:
        start = number * BLOCK
        size = min(BLOCK, draws - start)
        generator = Generator(PCG64(SeedSequence(seed, spawn_key=(number,))))
        values[start : start + size] = sampler.values(generator, size)

    blocks = range((draws + BLOCK - 1) // BLOCK)
    threads = min(_MOST_THREADS, os.cpu_count() or 1, len(blocks))
    if threads == 1:
        for number in blocks:
            fill(number)
        return values
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, blocks))
    return values


class _Sampler:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.drawers: dict[int, Drawer] = {}
        hung = {*model.linked, *(place for group in model.together for place in group)}
        for place, distribution in enumerate(model.inputs):
            if place not in hung:
                self.drawers[place] = drawer_of(distribution)
        self.mappers = {place: mapper_of(model.inputs[place]) for place in sorted(hung)}
        self.root = np.array(model.root)
        rate = None if model.rate is None else model.inputs[model.rate].constant
        self.fixed_rate = None if rate is None else float(rate)

    def values(self, generator: Generator, size: int) -> Block:
        drawn = {place: drawer(generator, size) for place, drawer in self.drawers.items()}
        for group in self.model.together:
            deviates = generator.standard_normal(size)
            drawn |= {place: self.mappers[place](deviates) for place in group}
        if self.model.linked:
            independent = generator.standard_normal((len(self.model.linked), size))
            for row, place in enumerate(self.model.linked):
                # Row by row: a product of matrices may add in another order on another machine.
                deviates = np.zeros(size)
                for column in range(row + 1):
                    deviates += self.root[row, column] * independent[column]
                drawn[place] = self.mappers[place](deviates)
        return self._value(drawn, size)

    def _value(self, drawn: dict[int, Block], size: int) -> Block:
        total = np.zeros(size)
        product = np.empty(size)
        for year in sorted({term.year for term in self.model.terms}):
            flow = np.zeros(size)
            for term in self.model.terms:
                if term.year != year:
                    continue
                first, *others = term.places
                part = drawn[first]
                for place in others:
                    part = np.multiply(part, drawn[place], out=product)
                if term.sign > 0:
                    flow += part
                else:
                    flow -= part
            if self.model.rate is not None and year:
                years = float(self.model.exponent(year))
                if self.fixed_rate is None:
                    flow *= (1.0 + drawn[self.model.rate]) ** -years
                else:
                    flow *= (1.0 + self.fixed_rate) ** -years
            total += flow
        return total
