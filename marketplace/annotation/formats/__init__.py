"""Labelled sets in the formats of others, in and out; plain values, without a database."""

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.formats.labelled_set import (
    Agreement,
    AnnotatorKind,
    Item,
    Label,
    LabelClass,
    LabelledSet,
    Method,
    Scheme,
    SchemeKind,
    Span,
    Value,
)

__all__ = [
    "Agreement",
    "AnnotatorKind",
    "FormatError",
    "Item",
    "Label",
    "LabelClass",
    "LabelledSet",
    "Method",
    "Scheme",
    "SchemeKind",
    "Span",
    "Value",
]
