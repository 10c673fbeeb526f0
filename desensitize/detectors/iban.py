"""International bank account numbers (ISO 13616)."""

from stdnum import iban

from desensitize.detectors.contract import Detector

SEPARATORS = str.maketrans("", "", " ._/-")
NUMBER = r"(?i:[A-Z]{2}[0-9]{2}(?:[ ._/-]?[0-9A-Z]{4}){2,7}(?:[ ._/-]?[0-9A-Z]{1,3})?)"


def is_account(value: str) -> bool:
    """Return whether a text is an account number with its country's form and check digits."""
    return bool(iban.is_valid(value.translate(SEPARATORS)))


DETECTOR = Detector(
    kind="IBAN",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    check=is_account,
    strict=True,
    headers=("iban", "国际银行账号"),
)
