"""What a detector is, and what it says of a column."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from desensitize.detectors.column import SampledColumn

# Letters and digits by chance, in which any number may stand.
HASHES = r"(?i-u:\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16})\b)"
LEAST_GLUED = 0.5
BEFORE, AFTER = "[A-Za-z]{1,8}", "[A-Za-z][0-9A-Za-z]{0,3}"
"""Letters that are glued to a number."""


def glued_to_letters(number: str) -> str:
    """Return the form of a word that holds a number with letters before or after it."""
    return rf"{BEFORE}(?:{number})(?:{AFTER})?|(?:{number}){AFTER}"


def _bounded(word: str) -> str:
    return rf"(?:^|[^0-9A-Za-z])(?:{word})(?:$|[^0-9A-Za-z])"


@dataclass(frozen=True)
class Proposal:
    """Propose what a column is: its role and kind, how sure that is, and why.

    `role` is direct, quasi, sensitive or other; `confidence` runs from 0 to 1. `evidence` is an
    English sentence; `evidence_code` and `evidence_parameters` let an application translate it.
    """

    name: str
    role: str
    kind: str | None
    confidence: float
    evidence: str
    evidence_code: str
    evidence_parameters: dict[str, str | int | float]

    def as_dict(self) -> dict[str, object]:
        """Return the proposal as plain values."""
        return {
            "name": self.name,
            "role": self.role,
            "kind": self.kind,
            "confidence": self.confidence,
            "evidence": self.evidence,
        }


@dataclass(frozen=True)
class Detector:
    """Recognize one kind of field by its values and by its header.

    `pattern` must match a whole cleaned value (Rust regular expression syntax that Python shares);
    `check` then votes on each match, for check digits. `headers` are words of the lexicon, in
    lower case. A `strict` detector's single match is already a finding; for others, most values
    must match. `needs_header` marks kinds whose values alone prove nothing.

    `likeness` is what could be taken for the kind at first sight: what has this form but fails the
    check counts against a match by chance, unless `form_tells`, that is, the form is so narrow that
    wrong check digits are likelier than chance. `believed` judges a whole column where no header
    speaks: serial numbers, versions and the like pass the pattern and are refused there.
    `certainty` is how sure values alone are.
    `embedded` is the form inside longer text, where none of `edges` may touch it. `glued` is the
    form of a word that holds one between letters, as `U13812345678` does; what has the form
    `glued_likeness` could be taken for such a word, and at least `glued_least` of these are needed
    to tell them from chance. What `runs_on` is also looked for in longer runs of digits. A
    `category` names values of an open vocabulary:
    it gives a role and no kind.
    """

    kind: str
    role: str
    pattern: str
    headers: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    strict: bool = False
    needs_header: bool = False
    minimum_share: float = 0.8
    minimum_distinct: int = 1
    embedded: str | None = None
    edges: str = "0-9A-Za-z"
    glued: str | None = None
    glued_likeness: str | None = None
    glued_least: int = 1
    runs_on: bool = False
    likeness: str | None = None
    form_tells: bool = False
    believed: Callable[[SampledColumn, pl.Series], bool] | None = None
    certainty: float = 0.9
    category: bool = False

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @property
    def named_kind(self) -> str | None:
        """Return the kind that a column of this detector gets."""
        return None if self.category else self.kind

    def probe(self, values: list[str]) -> float:
        """Return the share of a few texts that have this kind's form, check digits aside."""
        form = self._whole
        return sum(form.fullmatch(value) is not None for value in values) / max(1, len(values))

    def candidates(self, values: pl.Series) -> pl.Series:
        """Return for each text whether the whole of it has this kind's form, check digits aside."""
        return values.str.contains(f"^(?:{self.pattern})$").fill_null(False)

    def alike(self, values: pl.Series) -> pl.Series:
        """Return for each text whether it could be taken for this kind at first sight."""
        if self.likeness is None:
            return self.candidates(values)
        return values.str.contains(f"^(?:{self.likeness})$").fill_null(False)

    def matches(self, values: pl.Series) -> pl.Series:
        """Return for each text whether the whole of it is of this kind."""
        return self._confirmed(values, self.candidates(values), rf"^({self.pattern})$")

    def found_within(self, values: pl.Series) -> pl.Series:
        """Return for each text whether it holds this kind anywhere inside."""
        if self.embedded is None:
            return self.matches(values)
        inside = rf"(?<![{self.edges}])({self.embedded})(?![{self.edges}])"
        return self._confirmed(values, self.formed_within(values), inside)

    def formed_within(self, values: pl.Series) -> pl.Series:
        """Return for each text whether it holds this kind's form inside, check digits aside."""
        if self.embedded is None:
            return self.candidates(values)
        # Letters and digits around a number mean that it is a part of something longer.
        form = rf"(?:^|[^{self.edges}])(?:{self.embedded})(?:$|[^{self.edges}])"
        return values.str.contains(form).fill_null(False)

    def found_glued(self, values: pl.Series) -> pl.Series:
        """Return for each text whether it holds this kind with letters that touch it.

        Nothing is found where fewer than half of the words that look alike are of this kind.
        """
        if self.glued is None:
            return self._none(values)
        rough = _bounded(self.glued_likeness or self.glued)
        places = values.str.contains(rough).fill_null(False).arg_true()
        words = values.gather(places).str.replace_all(HASHES, " ")
        alike = words.str.contains(rough)
        least = max(self.glued_least, 1)
        if int(alike.sum()) < least:
            return self._none(values)
        number = (
            rf"(?=({self.embedded}))" if self.runs_on else rf"(?<![0-9])({self.embedded})(?![0-9])"
        )
        found = self._confirmed(words, alike & words.str.contains(_bounded(self.glued)), number)
        if int(found.sum()) < LEAST_GLUED * int(alike.sum()):
            return self._none(values)
        return self._none(values).scatter(places.filter(found), True)

    @staticmethod
    def _none(values: pl.Series) -> pl.Series:
        return pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)

    def _confirmed(self, values: pl.Series, candidates: pl.Series, inside: str) -> pl.Series:
        check = self.check
        if check is None or not candidates.any():
            return candidates
        expression = re.compile(inside)
        hits = [
            bool(candidate) and any(check(found.group(1)) for found in expression.finditer(value))
            for value, candidate in zip(values.to_list(), candidates.to_list(), strict=True)
        ]
        return pl.Series(values.name, hits, dtype=pl.Boolean)
