"""The parts of which inventions are put together."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def _read() -> Mapping[str, tuple[str, ...]]:
    text = Path(__file__).with_name("invented.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: tuple(v.split()) for name, v in tomllib.loads(text).items()})


PARTS = _read()
"""Lists by name; their order and length are part of what an invention depends on."""
