"""Numbers of bank cards (ISO/IEC 7812)."""

from desensitize.detectors.contract import Detector, glued_to_letters

# Each digit's double, its own two digits added up.
DOUBLED = str.maketrans("0123456789", "0246813579")
PLAIN = str.maketrans("", "", " -._/")
NUMBER = (
    r"[2-69](?:[ -]?[0-9]){12,18}|(?:1800|2131)(?:[ -]?[0-9]){11}"
    # Other signs part digits of lists and measurements too: they count between groups of four.
    r"|[2-69][0-9]{3}(?:[._/][0-9]{4}){2,3}(?:[._/][0-9]{1,4})?"
)


def passes_luhn(number: str) -> bool:
    """Return whether the last digit is the Luhn digit of those before; separators do not count.

    ISO/IEC 7812-1, annex B.
    """
    digits = number.translate(PLAIN)
    total = sum(map(int, digits[-1::-2])) + sum(map(int, digits[-2::-2].translate(DOUBLED)))
    return total % 10 == 0


def is_card_number(value: str) -> bool:
    """Return whether 13 to 19 digits, blanks and hyphens aside, end in their Luhn digit."""
    number = value.translate(PLAIN)
    return 13 <= len(number) <= 19 and passes_luhn(number)


DETECTOR = Detector(
    kind="BANK_CARD",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    glued=glued_to_letters("[2-69][0-9]{12,18}"),
    glued_likeness=glued_to_letters("[0-9]{13,19}"),
    # One number in ten has the right digit by chance: a few together prove something.
    glued_least=5,
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
