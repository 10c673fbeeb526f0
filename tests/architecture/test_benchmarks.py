"""The benchmarks, which no other test runs, find what they ask for in the code."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import benchmarks

MODULES = [module.name for module in pkgutil.walk_packages(benchmarks.__path__, "benchmarks.")]


@pytest.mark.parametrize("name", MODULES)
def test_benchmark_is_loaded(name: str) -> None:
    """What a benchmark imports is there; one that lost it would be missed until it is run."""
    assert import_module(name).__doc__
