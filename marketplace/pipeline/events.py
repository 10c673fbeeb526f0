from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReactionSetAside(Fact):
    """A reaction failed and waits for somebody to try it again."""

    kind = "pipeline.reaction_set_aside"
    label = _("Automatic step put aside")
    reaction: str
    entry: str
    error_code: str


@dataclass(frozen=True, kw_only=True)
class ReactionRetried(Fact):
    """A reaction that was put aside was tried again."""

    kind = "pipeline.reaction_retried"
    label = _("Automatic step tried again")
    reaction: str
    succeeded: bool


@dataclass(frozen=True, kw_only=True)
class AllReactionsRetried(Fact):
    """Somebody had everything tried again that was put aside."""

    kind = "pipeline.all_reactions_retried"
    label = _("All steps tried again")
    tried: int
    succeeded: int


@dataclass(frozen=True, kw_only=True)
class KeysRewrapped(Fact):
    """Every kept key was wrapped anew, under the key-encryption key that the subject names."""

    kind = "pipeline.keys_rewrapped"
    label = _("Keys wrapped anew")
    count: int


@dataclass(frozen=True, kw_only=True)
class KeysBackedUp(Fact):
    """The signing keys were written into an encrypted file, named by the start of its digest."""

    kind = "pipeline.keys_backed_up"
    label = _("Keys backed up")
    count: int


@dataclass(frozen=True, kw_only=True)
class KeysRestored(Fact):
    """Signing keys were taken from an encrypted file into a centre that had none."""

    kind = "pipeline.keys_restored"
    label = _("Keys restored")
    count: int
