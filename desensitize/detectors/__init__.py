"""Find personal fields: one detector a file, all in one registry."""

from desensitize.detectors.classification import Looked, classify_columns, classify_table
from desensitize.detectors.contract import Detector, Proposal
from desensitize.detectors.evidence import BY_VALUES, EVIDENCE
from desensitize.detectors.free_text import KIND as FREE_TEXT
from desensitize.detectors.registry import DETECTORS, detector_of

__all__ = [
    "BY_VALUES",
    "DETECTORS",
    "EVIDENCE",
    "FREE_TEXT",
    "Detector",
    "Looked",
    "Proposal",
    "classify_columns",
    "classify_table",
    "detector_of",
]
