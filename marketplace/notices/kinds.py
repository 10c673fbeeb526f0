"""The kinds of notices: what they say, who can get them, and whether they are e-mailed.

An app that writes notices declares their kinds in its module `notices`, which is loaded at the
start.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.notices.readers import EVERYBODY, Reader

Words = str | Promise


class Email(Enum):
    """Who is e-mailed a kind of notice."""

    ALWAYS = "always"
    """Everybody: by it a right ends, or a term begins to run, whether or not somebody looks."""
    UNLESS_DECLINED = "unless-declined"
    ON_WISH = "on-wish"
    """Who asks for it: nobody has to act on it."""


class Group(TextChoices):
    """What stands together on the page where a person chooses, in this order."""

    DATA = "data", _("Data, rights and valuations")
    LABELLING = "labelling", _("Labelling")
    TRADING = "trading", _("Trading")
    MONEY = "money", _("Money")
    DISPUTES = "disputes", _("Disputes")
    RECALLS = "recalls", _("Recalls")
    ORGANIZATIONS = "organizations", _("Organizations")
    ACCOUNT = "account", _("Your account")


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """A kind of notice. Title and body have places for the parameters of a notice."""

    code: str
    label: Words
    title: Words
    body: Words
    group: Group
    readers: frozenset[Reader]
    email: Email = Email.UNLESS_DECLINED

    def can_reach(self, readers: frozenset[Reader]) -> bool:
        """Tell whether somebody who is these readers is notified of this kind."""
        return self.readers == EVERYBODY or bool(self.readers & readers)


KINDS: dict[str, NoticeKind] = {}
"""Every kind by its code, which is what a stored notice holds."""


def register(kinds: Iterable[NoticeKind]) -> None:
    """Add kinds to those that notices can be of.

    Raises:
        ValueError: there is a kind with that code already.
    """
    for kind in kinds:
        if kind.code in KINDS:
            raise ValueError(f"There are two kinds of notice called {kind.code!r}.")
        KINDS[kind.code] = kind


@named_in_api("NoticeKind")
def kinds_to_choose() -> Sequence[tuple[str, Words]]:
    """Return every kind with its name; migrations keep this function instead of the list."""
    return [(kind.code, kind.label) for kind in KINDS.values()]
