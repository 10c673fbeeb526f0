"""Numbers of bank accounts, checked by their check digits where there are any.

An IBAN (ISO 13616) with the bank's BIC (ISO 9362), or a Chinese account number with the bank's
number in the payment system CNAPS: 12 digits, the last of which checks the others (GB/T 17710, the
same as ISO 7064 MOD 11,10). Of Chinese account numbers cards alone have a check digit (Luhn).
"""

import re

from django.utils.translation import gettext as _
from stdnum import bic, iban, luhn
from stdnum.iso7064 import mod_11_10

from marketplace.core import Invalid

CARD = re.compile(r"62\d{14,17}")
CHINESE = re.compile(r"\d{8,30}")
CNAPS = re.compile(r"\d{12}")


def checked_account(number: str, bank_code: str) -> tuple[str, str]:
    """Return number and bank code as they are kept: capital letters, no blanks or hyphens.

    Raises:
        Invalid: one of them is none (`bank-account-number`, `bank-code`).
    """
    number, bank_code = _compact(number), _compact(bank_code)
    if not (iban.is_valid(number) or _is_chinese(number)):
        sentence = _(
            "This is no IBAN and no account number of 8 to 30 digits, or a digit of it is mistyped."
        )
        raise Invalid(sentence, code="bank-account-number", fields={"number": [sentence]})
    is_right = _is_cnaps(bank_code) if number.isdecimal() else bic.is_valid(bank_code)
    if not is_right:
        sentence = (
            _("Give the bank's number in the payment system: 12 digits; check them for a mistake.")
            if number.isdecimal()
            else _("Give the BIC of the bank: 8 or 11 letters and digits.")
        )
        raise Invalid(sentence, code="bank-code", fields={"bank_code": [sentence]})
    return number, bank_code


def _compact(text: str) -> str:
    return re.sub(r"[\s-]", "", text[:60]).upper()


def _is_chinese(number: str) -> bool:
    if CARD.fullmatch(number):
        return bool(luhn.is_valid(number))
    return CHINESE.fullmatch(number) is not None and number.isascii()


def _is_cnaps(code: str) -> bool:
    return CNAPS.fullmatch(code) is not None and code.isascii() and mod_11_10.is_valid(code)
