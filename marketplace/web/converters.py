"""Parts of an address that are bounded: more is no address of the centre."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class CountConverter(IntConverter):
    """A whole number that a database keeps."""

    regex = "[0-9]{1,18}"


class YearConverter(IntConverter):
    """A year in which days can be counted."""

    regex = "(?:19|20|21)[0-9]{2}"


def register() -> None:
    """Name them for the patterns of addresses."""
    register_converter(CountConverter, "count")
    register_converter(YearConverter, "year")
