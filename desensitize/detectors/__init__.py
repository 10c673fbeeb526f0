"""Find personal fields: one detector a file, all in one registry."""

from desensitize.detectors.classification import classify_table
from desensitize.detectors.contract import Detector, Proposal
from desensitize.detectors.evidence import EVIDENCE
from desensitize.detectors.registry import DETECTORS, detector_of

__all__ = ["DETECTORS", "EVIDENCE", "Detector", "Proposal", "classify_table", "detector_of"]
