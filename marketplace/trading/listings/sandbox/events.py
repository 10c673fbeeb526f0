from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SandboxDeclared(Fact):
    """A seller said what a listing's sandbox answers, and what answers may spend of ε."""

    kind = "trading.sandbox_declared"
    label = _("Sandbox declared")
    declaration_sha256: str
    epsilon: str
    epsilon_question: str
    epsilon_all: str
    period: str
