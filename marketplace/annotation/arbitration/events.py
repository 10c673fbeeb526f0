"""What is decided where annotators disagree."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabelDoubted(Fact, kind="annotation.label_doubted", label=_("Label of an item doubted")):
    """Somebody doubts the label of an item that counts: it is decided on by a second person."""

    row: int


class ItemArbitrated(
    Fact, kind="annotation.item_arbitrated", label=_("Disagreement about an item decided")
):
    """Somebody who labelled none of it decided on an item about which annotators disagree."""

    row: int
    answer_sha256: str
