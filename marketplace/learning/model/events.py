from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ModelTrained(Fact, kind="learning.model_trained", label=_("Model trained")):
    """A model was kept, with its card and its credential."""

    sha256: str
    card_sha256: str
    trained_on: str
    certificate: str
    replaces: str


class ModelSuspended(Fact, kind="learning.model_suspended", label=_("Model suspended")):
    """What a model rests on does not stand; it is refused at every use."""

    reason: str


class ModelReinstated(Fact, kind="learning.model_reinstated", label=_("Model reinstated")):
    """What a model rests on stands again."""


class ModelWithdrawn(Fact, kind="learning.model_withdrawn", label=_("Model withdrawn")):
    """Its organization took a model out of use for good."""


class ModelReplaced(Fact, kind="learning.model_replaced", label=_("Model replaced")):
    """A model that forgot rows took the place of this one; shards are named by their numbers."""

    successor: str
    sha256: str
    reason: str
    shards_retrained: tuple[str, ...]
    shards_kept: tuple[str, ...]


class ModelOpened(Fact, kind="learning.model_opened", label=_("Model downloaded")):
    """A person took the model's bytes."""

    sha256: str
