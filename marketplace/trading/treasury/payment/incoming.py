"""A payment as a provider tells of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Incoming:
    """Money that came in: the bank's own reference, and the payment reference that was given.

    Names and remittance texts of payers are not kept.
    """

    reference: str
    received_on: date
    amount: Decimal
    currency: str
    claimed_reference: str = ""
