"""All kinds of labelling by their codes, in the order in which they are offered."""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.annotation.kinds.classes import OneClass, SeveralClasses
from marketplace.annotation.kinds.kind import Kind
from marketplace.annotation.kinds.spans import Spans
from marketplace.annotation.kinds.written import CorrectedColumns, FreeText
from marketplace.core.choices import named_in_api

ALL: tuple[Kind, ...] = (
    OneClass(),
    SeveralClasses(),
    Spans(),
    FreeText(),
    CorrectedColumns(),
)
KINDS: Mapping[str, Kind] = MappingProxyType({one.code: one for one in ALL})
CHOICES = named_in_api("LabelKind")([(one.code, one.label) for one in ALL])
