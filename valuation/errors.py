"""Refusals and warnings: a stable code with parameters, and an English sentence for people."""

from __future__ import annotations

from typing import Final

from valuation.sentences import REFUSALS, WARNINGS

SENTENCES: Final = REFUSALS
WARNING_SENTENCES: Final = WARNINGS

CODES: Final = frozenset(SENTENCES)
WARNING_CODES: Final = frozenset(WARNING_SENTENCES)


class ValuationError(Exception):
    """A refusal to compute: `code` is one of `CODES`, `parameters` fill its sentence."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(SENTENCES[code].format(**parameters))
        self.code = code
        self.parameters = {name: str(value) for name, value in parameters.items()}
