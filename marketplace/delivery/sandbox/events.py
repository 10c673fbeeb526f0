"""What happens in sandboxes."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class QuestionAnswered(Fact, kind="delivery.question_answered", label=_("Private answer given")):
    """A buyer was given a private answer for so much of ε; what was asked stays with the buyer."""

    question_sha256: str
    epsilon: str
