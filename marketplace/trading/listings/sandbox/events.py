from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SandboxDeclared(Fact, kind="trading.sandbox_declared", label=_("Sandbox declared")):
    """A seller said what a listing's sandbox answers, and what answers may spend of ε."""

    declaration_sha256: str
    epsilon: str
    epsilon_question: str
    epsilon_all: str
    period: str
