"""The API by which offers move on."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.revision.serializers import RevisionOut
from marketplace.web.api import act_view

AdvanceProduct = act_view(
    advance_product,
    scope=Scope.TRADE,
    gives=RevisionOut,
    summary="Let the offers of a product move on to a version",
    about="Put a later version live in every offer of its product; its id stands in the address.",
)
