"""Shares of a whole, as pages write them."""

from django.utils.formats import number_format


def percent(share: float) -> str:
    """Write a share in percent, with as many places as tell it from nothing."""
    shown = round(share * 100, 1 if share >= 0.001 else 4)
    return f"{number_format(f'{shown:f}'.rstrip('0').rstrip('.'))} %"


def count(number: int) -> str:
    """Write a number with the separators of the reader's language."""
    return number_format(number, use_l10n=True, force_grouping=True)
