from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ReactionSetAside(
    Fact, kind="pipeline.reaction_set_aside", label=_("Automatic step put aside")
):
    """A reaction failed and waits for somebody to try it again."""

    reaction: str
    entry: str
    error_code: str


class ReactionRetried(
    Fact, kind="pipeline.reaction_retried", label=_("Automatic step tried again")
):
    """A reaction that was put aside was tried again."""

    reaction: str
    succeeded: bool


class AllReactionsRetried(
    Fact, kind="pipeline.all_reactions_retried", label=_("All steps tried again")
):
    """Somebody had everything tried again that was put aside."""

    tried: int
    succeeded: int


class KeysRewrapped(Fact, kind="pipeline.keys_rewrapped", label=_("Keys wrapped anew")):
    """Every kept key was wrapped anew, under the key-encryption key that the subject names."""

    count: int


class KeysBackedUp(Fact, kind="pipeline.keys_backed_up", label=_("Keys backed up")):
    """The signing keys were written into an encrypted file, named by the start of its digest."""

    count: int


class KeysRestored(Fact, kind="pipeline.keys_restored", label=_("Keys restored")):
    """Signing keys were taken from an encrypted file into a centre that had none."""

    count: int
