"""What is decided where annotators disagree."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabelDoubted(Fact):
    """Somebody doubts the label of an item that counts: it is decided on by a second person."""

    kind = "annotation.label_doubted"
    label = _("Label of an item doubted")
    row: int


@dataclass(frozen=True, kw_only=True)
class ItemArbitrated(Fact):
    """Somebody who labelled none of it decided on an item about which annotators disagree."""

    kind = "annotation.item_arbitrated"
    label = _("Disagreement about an item decided")
    row: int
    answer_sha256: str
