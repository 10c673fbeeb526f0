"""Social security numbers of the United States."""

from stdnum.us import ssn

from desensitize.detectors.contract import Detector

NUMBER = r"[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}"


def is_security_number(value: str) -> bool:
    """Return whether a number lies in the ranges that can be issued."""
    return bool(ssn.is_valid(value))


DETECTOR = Detector(
    kind="US_SSN",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    check=is_security_number,
    headers=("ssn", "social security", "social security number", "社会安全号"),
)
