from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class KeyDeclared(Fact, kind="trading.key_declared", label=_("Key of the rows declared")):
    """A seller said by which columns the rows of a product are told apart; how many they are."""

    columns: int


class ProductRegistered(Fact, kind="trading.product_registered", label=_("Product registered")):
    """A dataset was first offered as a policy prepares it; the digest is that of the policy."""

    policy_sha256: str
