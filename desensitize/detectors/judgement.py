"""Judge one sampled column by its values, its header and what speaks against both."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import polars as pl

from desensitize.detectors.cn_name_beside import names_beside
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector, Proposal
from desensitize.detectors.evidence import proposal
from desensitize.detectors.free_text import KIND as FREE_TEXT
from desensitize.detectors.free_text import glued_in, held_in
from desensitize.detectors.header import Header, Lexicon
from desensitize.detectors.lexicon import ROLE_WORDS
from desensitize.detectors.registry import DETECTORS
from desensitize.detectors.sampling import NOTHING_TO_READ

MEASURED = ("integer", "decimal", "float")
# A header alone is believed less the less the values agree with it.
HEADER_CONFIDENCE = 0.6
LEAST_KIND = 0.3
# Below this share of a few probed values, the whole sample need not be asked.
LEAST_PROBED = 0.1
LEAST_LIKE, LIKE_CONFIDENCE = 0.95, 0.6
LEAST_MIXED = 0.3
# Where fewer values hold a number beside something else, the rest is a text of its own.
LEAST_GLUED = 0.5
# Births lie as far apart, and most of them as far back, in years.
BIRTH_SPAN, GROWN_UP, LEAST_GROWN_UP = 15, 15, 0.4
LEXICON = Lexicon(
    {kind: detector.headers for kind, detector in DETECTORS.items()} | dict(ROLE_WORDS)
)


class Judge:
    """Judge one column; what was measured once is kept for the next question."""

    def __init__(self, column: SampledColumn) -> None:
        self._column = column
        self._header: Header = _header_of(column.name)
        self._shares: dict[str, float] = {}

    def proposal(self) -> Proposal:
        """Propose role and kind of the column, apart from the table that it stands in."""
        column = self._column
        best: Proposal | None = None
        for detector in DETECTORS.values() if len(column.values) else ():
            if best is not None and best.confidence >= self._most(detector):
                continue
            found = self._judge(detector)
            if found is not None and (best is None or found.confidence > best.confidence):
                best = found
        by_role = self._by_role()
        if best is not None and (best.evidence_code != "header_only" or by_role is None):
            return self._dated(best) if best.kind == "DATE" else best
        inside = self._inside() if len(column.values) else None
        if inside is not None:
            return inside
        if by_role is not None and by_role.role != "other":
            return by_role
        return (
            self._unrecognized()
            or by_role
            or proposal(column.name, "other", None, 0.7, "nothing_found")
        )

    def _unrecognized(self) -> Proposal | None:
        """Say what the values of a column can do of which nothing else tells what it is."""
        column, name = self._column, self._column.name
        if not len(column.values):
            # Yes and no, and times of day, are not looked at.
            code = "nothing_found" if column.dtype in NOTHING_TO_READ else "no_values"
            return proposal(name, "other", None, 0.5, code)
        is_other = self._header.word_of("other") is not None
        if column.numbers_rows:
            return proposal(name, "other", None, 0.8, "serial_numbers")
        if column.dtype == "text" and column.all_distinct:
            code = "record_keys" if is_other else "unique_values"
            return proposal(name, "other", None, 0.5, code)
        if column.is_nearly_unique:
            code = "near_unique" if column.is_measured else "record_keys"
            return proposal(name, "other", None, 0.6, code)
        return None

    def _most(self, detector: Detector) -> float:
        """Return how sure a detector can be of the column, whatever its values are."""
        if self._header.word_of(detector.kind) is not None:
            return 1.0
        return max(detector.certainty, LIKE_CONFIDENCE)

    def _judge(self, detector: Detector) -> Proposal | None:
        column, word = self._column, self._header.word_of(detector.kind)
        if word is None and detector.needs_header:
            return None
        if word is None and detector.probe(column.probed) < LEAST_PROBED:
            return None
        hits = detector.matches(column.values)
        share = int(hits.sum()) / len(column.values)
        self._shares[detector.kind] = share
        percent, kind, name = round(share * 100, 1), detector.kind, column.name
        enough = share >= detector.minimum_share
        if detector.needs_header and not self._is_varied(detector, column.values.filter(hits)):
            return None
        if word is not None and enough:
            confidence = 0.9 + 0.1 * share
            code = "values_and_header"
            role, named = detector.role, detector.named_kind
            return proposal(
                name, role, named, confidence, code, share=percent, kind=kind, word=word
            )
        values = column.values.filter(hits)
        if enough and self._is_believed(detector, values):
            confidence = detector.certainty * (0.9 + 0.1 * share)
            role, named = detector.role, detector.named_kind
            return proposal(name, role, named, confidence, "values", share=percent, kind=kind)
        return self._by_likeness(detector) or self._by_header(detector, word, share)

    def _is_believed(self, detector: Detector, values: pl.Series) -> bool:
        # Where the header speaks of orders and goods, only check digits and forms say otherwise.
        contradicted = self._header.word_of("other") is not None and not detector.strict
        if contradicted and detector.believed is not None:
            return False
        if not self._is_varied(detector, values):
            return False
        return detector.believed is None or detector.believed(self._column, values)

    def _is_varied(self, detector: Detector, values: pl.Series) -> bool:
        least = min(detector.minimum_distinct, max(1, len(self._column.values) // 3))
        return values.n_unique() >= least

    def _by_likeness(self, detector: Detector) -> Proposal | None:
        if not detector.form_tells:
            return None
        share = int(detector.alike(self._column.values).sum()) / len(self._column.values)
        if share < LEAST_LIKE:
            return None
        return proposal(
            self._column.name,
            detector.role,
            detector.kind,
            LIKE_CONFIDENCE * share,
            "likeness",
            share=round(share * 100, 1),
            kind=detector.kind,
        )

    def _by_header(self, detector: Detector, word: str | None, share: float) -> Proposal | None:
        if word is not None and detector.kind == "GEO" and self._column.dtype in MEASURED:
            return proposal(self._column.name, "quasi", "GEO", 0.85, "header", word=word)
        if word is None or self._column.dtype not in ("text", "integer"):
            return None
        return proposal(
            self._column.name,
            detector.role,
            detector.named_kind if share > LEAST_KIND else None,
            HEADER_CONFIDENCE * (0.5 + share / 2),
            "header_only",
            share=round(share * 100, 1),
            kind=detector.kind,
            word=word,
        )

    def _by_role(self) -> Proposal | None:
        found = [
            (role, word) for role in ROLE_WORDS if (word := self._header.word_of(role)) is not None
        ]
        if not found:
            return None
        role, word = max(found, key=lambda pair: len(pair[1]))
        return proposal(self._column.name, role, None, 0.8, "header", word=word)

    def _inside(self) -> Proposal | None:
        column = self._column
        if column.dtype not in ("text", "other", "integer"):
            return None
        held = held_in(column) if column.dtype != "integer" else None
        if held is not None:
            return self._text(*held, 0.35)
        return self._mixed() or self._glued() or self._named()

    def _named(self) -> Proposal | None:
        share = names_beside(self._column) if self._column.dtype == "text" else None
        return None if share is None else self._text("CN_NAME", share, 0.3)

    def _text(self, kind: str, share: float, weight: float) -> Proposal:
        """Return that a share of the values are texts which hold something of a kind."""
        name, percent, confidence = self._column.name, round(share * 100, 1), 0.6 + weight * share
        return proposal(
            name, "direct", FREE_TEXT, confidence, "free_text", share=percent, kind=kind
        )

    def _glued(self) -> Proposal | None:
        glued = glued_in(self._column)
        if glued is None:
            return None
        kind, share = glued
        named = kind if share >= LEAST_GLUED else FREE_TEXT
        percent, confidence = round(share * 100, 1), 0.6 + 0.35 * share
        return proposal(
            self._column.name, "direct", named, confidence, "glued", share=percent, kind=kind
        )

    def _mixed(self) -> Proposal | None:
        column = self._column
        shares = {
            kind: share
            for kind, share in self._shares.items()
            if share and DETECTORS[kind].role == "direct" and self._counts_alone(DETECTORS[kind])
        }
        total = sum(shares.values())
        if total < LEAST_MIXED or column.counts_things:
            return None
        kind = max(shares, key=lambda one: shares[one])
        detector = DETECTORS[kind]
        alike = int(detector.alike(column.values).sum())
        if shares[kind] * len(column.values) < detector.minimum_share * alike:
            return None
        percent = round(total * 100, 1)
        named = kind if shares[kind] >= total / 2 else FREE_TEXT
        return proposal(
            column.name, "direct", named, 0.7 * total, "some_values", share=percent, kind=kind
        )

    def _counts_alone(self, detector: Detector) -> bool:
        if detector.believed is None:
            return True
        values = self._column.values
        return detector.strict and detector.believed(
            self._column, values.filter(detector.matches(values))
        )

    def _dated(self, best: Proposal) -> Proposal:
        if self._header.word_of("quasi") is not None:
            return replace(best, role="quasi")
        years = self._column.values.str.extract(r"((?:18|19|20)[0-9]{2})").str.to_integer(
            strict=False
        )
        past = years.drop_nulls()
        low, high = past.min(), past.max()
        if not isinstance(low, int) or not isinstance(high, int):
            return best
        now = datetime.now(UTC).year
        grown_up = int((past <= now - GROWN_UP).sum()) / len(past)
        if high <= now and high - low >= BIRTH_SPAN and grown_up >= LEAST_GROWN_UP:
            return proposal(best.name, "quasi", "DATE", best.confidence, "birth_dates")
        return best


@lru_cache(maxsize=10_000)
def _header_of(name: str) -> Header:
    """Read a header; tables that follow each other have the same."""
    return LEXICON.read(name)


def judged(column: SampledColumn) -> Proposal:
    """Propose role and kind of one column, apart from the table that it stands in."""
    return Judge(column).proposal()
