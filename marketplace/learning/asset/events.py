"""What is made of models."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ModelAssetMade(Fact, kind="learning.model_asset_made", label=_("Model made an asset")):
    """A model became an asset of the catalog; the digest is that of its bytes."""

    sha256: str
    membership_advantage_at_most: str
