"""What is made of models."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ModelAssetMade(Fact):
    """A model became an asset of the catalog; the digest is that of its bytes."""

    kind = "learning.model_asset_made"
    label = _("Model made an asset")
    sha256: str
    membership_advantage_at_most: str
