"""All detectors by kind, the most certain first."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.detectors import (
    bank_card,
    cn_address,
    cn_id,
    cn_mobile,
    cn_name,
    cn_uscc,
    date,
    email,
    gender,
    postcode,
)
from desensitize.detectors.contract import Detector
from desensitize.errors import DesensitizeError, nearest

ALL: tuple[Detector, ...] = (
    cn_id.DETECTOR,
    cn_uscc.DETECTOR,
    bank_card.DETECTOR,
    cn_mobile.DETECTOR,
    email.DETECTOR,
    date.DETECTOR,
    gender.DETECTOR,
    cn_address.DETECTOR,
    cn_name.DETECTOR,
    postcode.DETECTOR,
)


def by_kind(detectors: tuple[Detector, ...]) -> Mapping[str, Detector]:
    """Index detectors by kind.

    Raises:
        ValueError: two detectors have one kind.
    """
    index: dict[str, Detector] = {}
    for detector in detectors:
        if detector.kind in index:
            raise ValueError(f"Two detectors are of kind {detector.kind}.")
        index[detector.kind] = detector
    return MappingProxyType(index)


DETECTORS = by_kind(ALL)


def detector_of(kind: str) -> Detector:
    """Answer the detector of a kind.

    Raises:
        DesensitizeError: `unknown_detector`.
    """
    if kind not in DETECTORS:
        raise DesensitizeError("unknown_detector", name=kind, nearest=nearest(kind, DETECTORS))
    return DETECTORS[kind]
