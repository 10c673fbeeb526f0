from typing import Any

from marketplace.core import Actor, Scope
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.sandbox.serializers import DeclaredSandboxOut, SandboxIn
from marketplace.trading.listings.sandbox.services import declare_sandbox
from marketplace.web.api import ActView


class DeclareSandbox(ActView):
    """Say what the sandbox of a drafted listing answers, and what answers may spend."""

    takes = SandboxIn
    gives = DeclaredSandboxOut
    scope = Scope.TRADE
    summary = "Declare the sandbox of a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Sandbox:
        return declare_sandbox(ids["pk"], offered=SandboxIn.offered(data), by=by)
