"""How long a search for a counterexample is: short in every run, long where `make campaign` asks.

Each run searches from a new seed, which its last lines name: `--hypothesis-seed` repeats one. What
a short search leaves out is drawn from the same seed.
"""

from __future__ import annotations

import secrets
from random import Random
from typing import Any

import pytest
from hypothesis import settings

SHORT, LONG = "short", "long"
EXAMPLES = {SHORT: 25, LONG: 500}

for name, examples in EXAMPLES.items():
    # A machine that is busy with something else fails no property; and under CI too each run
    # searches elsewhere.
    settings.register_profile(
        name, max_examples=examples, deadline=None, derandomize=False, database=None
    )
settings.load_profile(SHORT)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed; the workers of xdist are told it, since each must collect the same tests."""
    told = getattr(config, "workerinput", {}).get("seed")
    if told is not None:
        config.option.hypothesis_seed = told
    elif config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(secrets.randbits(32))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist the seed; options that are set after the start do not reach it."""
    node.workerinput["seed"] = node.config.option.hypothesis_seed


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the seed, also where pytest is told to be quiet."""
    terminalreporter.line(f"drawn by --hypothesis-seed={config.option.hypothesis_seed}")


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """Return what a test draws by: another sequence in each run, the same of the same seed."""
    return Random(f"{request.config.option.hypothesis_seed} {request.node.nodeid}")
