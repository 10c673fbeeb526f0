from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OriginDeclared(Fact):
    """An officer said what a dataset was made from.

    `credential_sha256` is the digest of a credential about it, "" for none.
    """

    kind = "catalog.origin_declared"
    label = _("Origin declared")
    origin: str
    origin_kind: str
    credential_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class OriginWithdrawn(Fact):
    """A reviewer found that a dataset was not made from what was said."""

    kind = "catalog.origin_withdrawn"
    label = _("Origin withdrawn")
    origin: str
