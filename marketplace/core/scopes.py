"""What a key to the API may be used for: less than its person may do."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed


class Scope(TextChoices):
    """One part of the API. None holds another: who trades and reads has both."""

    READ = "read", gettext_lazy("Read")
    TRADE = "trade", gettext_lazy("Trade")
    SEND = "send", gettext_lazy("Send data in")
    DELIVER = "deliver", gettext_lazy("Take data out")
    ADMINISTER = "administer", gettext_lazy("Administer")
    CALENDAR = "calendar", gettext_lazy("Calendar")

    @property
    def explained(self) -> str:
        """Return what it lets a program do."""
        return str(_EXPLAINED[self])


_EXPLAINED = {
    Scope.READ: gettext_lazy("Read: look at what its person may see"),
    Scope.TRADE: gettext_lazy("Trade: prepare and register data, list, order, sign, dispute"),
    Scope.SEND: gettext_lazy("Send data in: rows and files to feeds that stand, and nothing else"),
    Scope.DELIVER: gettext_lazy("Take data out: download what was bought, ask it, make its keys"),
    Scope.ADMINISTER: gettext_lazy(
        "Administer: people, tokens and notices, and what officers of the centre decide"
    ),
    Scope.CALENDAR: gettext_lazy("Calendar: read what is due, by an address for calendar programs"),
}


EVERY = frozenset(scope.value for scope in Scope)
"""What a session may be used for, and what no organization has narrowed."""


def refuse_outside_scope(by: Actor, opened_by: frozenset[str]) -> None:
    """Refuse a token that has none of the scopes by which something opens.

    Raises:
        NotAllowed: it has none of them (`token-scope-missing`); where nothing opens it, always.
    """
    if by.scopes is None or by.scopes & opened_by:
        return
    needed = ", ".join(f"“{scope}”" for scope in sorted(opened_by))
    sentence = (
        _(
            "This token does not have the scope that this address asks for: %(scopes)s. Use a "
            "token that has it."
        )
        % {"scopes": needed}
        if opened_by
        else _("This address is not open to tokens.")
    )
    raise NotAllowed(sentence, code="token-scope-missing")
