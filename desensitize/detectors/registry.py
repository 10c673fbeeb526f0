"""All detectors by kind, the most certain first."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.detectors import (
    address,
    bank_card,
    blood_type,
    border_permit,
    cn_address,
    cn_driver,
    cn_id,
    cn_id_birth,
    cn_id_partial,
    cn_landline,
    cn_mobile,
    cn_mobile_partial,
    cn_name,
    cn_officer,
    cn_passport,
    cn_plate,
    cn_uscc,
    date,
    diagnosis,
    education,
    email,
    en_name,
    ethnicity,
    free_text,
    gender,
    geo,
    hk_mo_tw_id,
    iban,
    imei,
    ip,
    mac,
    marital_status,
    occupation,
    org,
    phone,
    political_status,
    postcode,
    record_key,
    region,
    religion,
    us_ssn,
    vin,
)
from desensitize.detectors.contract import Detector
from desensitize.errors import DesensitizeError, nearest

ALL: tuple[Detector, ...] = (
    cn_id.DETECTOR,
    cn_id_partial.DETECTOR,
    cn_uscc.DETECTOR,
    bank_card.DETECTOR,
    imei.DETECTOR,
    iban.DETECTOR,
    us_ssn.DETECTOR,
    cn_mobile.DETECTOR,
    cn_mobile_partial.DETECTOR,
    cn_landline.DETECTOR,
    phone.DETECTOR,
    email.DETECTOR,
    mac.DETECTOR,
    ip.DETECTOR,
    cn_plate.DETECTOR,
    vin.DETECTOR,
    cn_officer.DETECTOR,
    hk_mo_tw_id.DETECTOR,
    cn_passport.DETECTOR,
    border_permit.DETECTOR,
    cn_driver.DETECTOR,
    record_key.DETECTOR,
    date.DETECTOR,
    geo.DETECTOR,
    gender.DETECTOR,
    ethnicity.DETECTOR,
    religion.DETECTOR,
    blood_type.DETECTOR,
    marital_status.DETECTOR,
    political_status.DETECTOR,
    education.DETECTOR,
    diagnosis.DETECTOR,
    cn_address.DETECTOR,
    address.DETECTOR,
    org.DETECTOR,
    cn_name.DETECTOR,
    en_name.DETECTOR,
    occupation.DETECTOR,
    region.DETECTOR,
    cn_id_birth.DETECTOR,
    postcode.DETECTOR,
    free_text.DETECTOR,
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
    """Return the detector of a kind.

    Raises:
        DesensitizeError: `unknown-detector`.
    """
    if kind not in DETECTORS:
        raise DesensitizeError("unknown-detector", name=kind, nearest=nearest(kind, DETECTORS))
    return DETECTORS[kind]
