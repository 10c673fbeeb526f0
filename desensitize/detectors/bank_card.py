"""Numbers of bank cards (ISO/IEC 7812)."""

from desensitize.detectors.contract import Detector

DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
NUMBER = r"[2-69][0-9]{3}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,4})?"


def is_card_number(value: str) -> bool:
    """Say whether 13 to 19 digits, blanks and hyphens aside, end in their Luhn digit."""
    digits = [int(character) for character in value if character in "0123456789"]
    if not 13 <= len(digits) <= 19:
        return False
    total = sum(digits[-1::-2]) + sum(DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


DETECTOR = Detector(
    kind="BANK_CARD",
    role="direct",
    pattern=rf"\s*{NUMBER}\s*",
    embedded=NUMBER,
    check=is_card_number,
    strict=True,
    headers=(
        "银行卡",
        "卡号",
        "银行账号",
        "账号",
        "card number",
        "bank card",
        "card no",
        "bank account",
        "account number",
        "iban",
        "yinhangka",
        "kahao",
        "zhanghao",
    ),
)
