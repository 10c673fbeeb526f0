from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class KeyDeclared(Fact):
    """A seller said by which columns the rows of a product are told apart; how many they are."""

    kind = "trading.key_declared"
    label = _("Key of the rows declared")
    columns: int


@dataclass(frozen=True, kw_only=True)
class ProductRegistered(Fact):
    """A dataset was first offered as a policy prepares it; the digest is that of the policy."""

    kind = "trading.product_registered"
    label = _("Product registered")
    policy_sha256: str
