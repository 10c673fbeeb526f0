"""The version that every result carries, so that a replay can say what has changed since."""

from __future__ import annotations

from typing import Final

# Raise it whenever a figure can come out differently for the same inputs.
VERSION: Final = "1.1.0"
