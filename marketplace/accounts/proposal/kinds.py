"""The table of changes that take two: who decides, whom they are about, and when they take effect.

Acts, pages and documentation read it. `by_owners`: two owners may do it too. `of_centre`: about
the people of the centre alone (True), of others alone (False), or of anybody (None).
`takes_effect_after`: how long whoever is concerned is told before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from marketplace.accounts.proposal.models import ProposalKind

NOTICE = timedelta(days=7)
"""How long a person is told before they are an owner no more, and an organization before it gets
an owner whom it did not choose."""

LIFE = timedelta(days=14)
"""How long a proposal waits for a second person."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the table."""

    of_centre: bool | None
    is_about_person: bool
    by_owners: bool = False
    needs_active: bool | None = True
    takes_effect_after: timedelta = timedelta(0)


CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        ProposalKind.JOIN_CENTRE: Change(of_centre=True, is_about_person=False),
        ProposalKind.CENTRE_ROLES: Change(of_centre=True, is_about_person=True),
        ProposalKind.LEAVE_CENTRE: Change(of_centre=True, is_about_person=True),
        ProposalKind.RETURN_TO_CENTRE: Change(
            of_centre=True, is_about_person=True, needs_active=False
        ),
        ProposalKind.RESET_FACTORS: Change(of_centre=None, is_about_person=True),
        ProposalKind.REMOVE_OWNER: Change(
            of_centre=False,
            is_about_person=True,
            by_owners=True,
            needs_active=None,
            takes_effect_after=NOTICE,
        ),
        ProposalKind.APPOINT_OWNER: Change(
            of_centre=False, is_about_person=True, takes_effect_after=NOTICE
        ),
        ProposalKind.INVITE_OWNER: Change(
            of_centre=False, is_about_person=False, takes_effect_after=NOTICE
        ),
    }
)
