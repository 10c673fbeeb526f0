"""What making a product of a version refuses, by right and kind."""

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor, Invalid, NotAllowed
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.policies import may_offer


def check_declare_key(product: Product, by: Actor) -> None:
    """Refuse to say by which columns the rows of a product are told apart.

    Raises:
        NotAllowed: the actor is no officer of the seller.
    """
    if not may_offer(by, product.organization_id):
        raise NotAllowed(_("Only an officer of the seller can declare the key of a product."))


def check_register_product(version: DatasetVersion, by: Actor) -> None:
    """Refuse to offer a version, and so to make a product and a revision of it.

    The centre's software does it for what a feed brought.

    Raises:
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
    """
    if not by.is_system and not may_offer(by, version.dataset.organization_id):
        raise NotAllowed(_("Only an officer of the organization that holds the data can list it."))
    if version.kind == VersionKind.SOURCE:
        raise Invalid(
            _("Only a desensitized version can be listed. Mask the data first."),
            code="not-desensitized",
        )
