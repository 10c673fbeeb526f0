from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class OriginDeclared(Fact, kind="catalog.origin_declared", label=_("Origin declared")):
    """An officer said what a dataset was made from.

    `credential_sha256` is the digest of a credential about it, "" for none.
    """

    origin: str
    origin_kind: str
    credential_sha256: str = ""


class OriginWithdrawn(Fact, kind="catalog.origin_withdrawn", label=_("Origin withdrawn")):
    """A reviewer found that a dataset was not made from what was said."""

    origin: str
