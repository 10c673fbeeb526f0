"""Let Python look for garbage seldom: what all tests share, modules and tests, is never any."""

from __future__ import annotations

import gc

SELDOM = (50_000, 20, 100)
"""When each generation is looked through: after so many new objects, then so many lookings."""

# While modules and tests are collected too.
gc.set_threshold(*SELDOM)


def pytest_collection_finish() -> None:
    """Set aside what is there once all tests are collected."""
    gc.collect()
    gc.freeze()
