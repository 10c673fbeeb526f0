from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ModelTrained(Fact):
    """A model was kept, with its card and its credential."""

    kind = "learning.model_trained"
    label = _("Model trained")
    sha256: str
    card_sha256: str
    trained_on: str
    certificate: str
    replaces: str


@dataclass(frozen=True, kw_only=True)
class ModelSuspended(Fact):
    """What a model rests on does not stand; it is refused at every use."""

    kind = "learning.model_suspended"
    label = _("Model suspended")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ModelReinstated(Fact):
    """What a model rests on stands again."""

    kind = "learning.model_reinstated"
    label = _("Model reinstated")


@dataclass(frozen=True, kw_only=True)
class ModelWithdrawn(Fact):
    """Its organization took a model out of use for good."""

    kind = "learning.model_withdrawn"
    label = _("Model withdrawn")


@dataclass(frozen=True, kw_only=True)
class ModelReplaced(Fact):
    """A model that forgot rows took the place of this one; shards are named by their numbers."""

    kind = "learning.model_replaced"
    label = _("Model replaced")
    successor: str
    sha256: str
    reason: str
    shards_retrained: tuple[str, ...]
    shards_kept: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ModelOpened(Fact):
    """A person took the model's bytes."""

    kind = "learning.model_opened"
    label = _("Model downloaded")
    sha256: str
