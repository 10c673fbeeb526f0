"""What happens in sandboxes."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact):
    """A buyer was given a private answer for so much of ε; what was asked stays with the buyer."""

    kind = "delivery.question_answered"
    label = _("Private answer given")
    question_sha256: str
    epsilon: str
