"""Numbers of bank cards (ISO/IEC 7812)."""

from desensitize.detectors.contract import Detector

DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
NUMBER = r"[2-69](?:[ -]?[0-9]){12,18}|(?:1800|2131)(?:[ -]?[0-9]){11}"


def passes_luhn(number: str) -> bool:
    """Say whether the last digit is the Luhn digit of those before; other characters do not count.

    ISO/IEC 7812-1, annex B.
    """
    digits = [int(character) for character in number if character in "0123456789"]
    total = sum(digits[-1::-2]) + sum(DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


def is_card_number(value: str) -> bool:
    """Say whether 13 to 19 digits, blanks and hyphens aside, end in their Luhn digit."""
    count = sum(character in "0123456789" for character in value)
    return 13 <= count <= 19 and passes_luhn(value)


DETECTOR = Detector(
    kind="BANK_CARD",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    # One number in ten passes by chance: what has the length and fails speaks against.
    likeness=r"[0-9](?:[ -]?[0-9]){12,18}",
    check=is_card_number,
    strict=True,
    headers=(
        "银行卡",
        "银行卡号",
        "卡号",
        "信用卡",
        "银行账号",
        "账号",
        "card number",
        "bank card",
        "card no",
        "credit card",
        "bank account",
        "account number",
        "yinhangka",
        "yinhangkahao",
        "kahao",
        "zhanghao",
        "yhkh",
        "yhk",
    ),
)
