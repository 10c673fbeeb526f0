"""What the API shares by which a text is signed."""

from typing import Any

from marketplace.accounts.services import count_signing_try
from marketplace.core import Actor
from marketplace.web.api import ActView


class SigningView(ActView):
    """Sign a text by a passkey's assertion, or by a one-time code, whose tries are counted."""

    def before(self, by: Actor, data: dict[str, Any]) -> None:
        """Count a try at the code."""
        if "assertion" not in data:
            count_signing_try(by=by)
