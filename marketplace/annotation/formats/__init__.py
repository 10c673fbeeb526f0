"""Labelled sets in the formats of others, in and out; plain values, without a database."""

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.formats.labelled_set import (
    Agreement,
    AnnotatorKind,
    Item,
    Label,
    LabelledSet,
    Method,
)

__all__ = [
    "Agreement",
    "AnnotatorKind",
    "FormatError",
    "Item",
    "Label",
    "LabelledSet",
    "Method",
]
