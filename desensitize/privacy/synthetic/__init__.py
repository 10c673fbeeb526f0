"""Synthetic copies: rows of nobody, drawn from a model that was fitted to noisy marginals."""

from desensitize.privacy.synthetic.copying import (
    Measurement,
    SyntheticCopy,
    drawn_copy,
    synthesize,
)
from desensitize.privacy.synthetic.domains import Bins, Domain, Levels, read_domains

__all__ = [
    "Bins",
    "Domain",
    "Levels",
    "Measurement",
    "SyntheticCopy",
    "drawn_copy",
    "read_domains",
    "synthesize",
]
