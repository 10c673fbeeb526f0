"""Who acts: one value that every act takes, made at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Door(StrEnum):
    """The kind of door an act was called through; recorded with every entry."""

    PAGE = "page"
    API = "api"
    ADMIN = "admin"
    COMMAND = "command"
    TASK = "task"
    REACTION = "reaction"


@dataclass(frozen=True)
class Actor:
    """A person acting for an organization, or the system itself, through a door.

    `roles` holds what the person may be at this moment: none while the organization is pending
    or suspended, so that no policy has to remember to ask. `organization_id` is the organization
    that the person acts for, whose data and trade they may see: None for whoever holds no role
    that acts for it, so that no selector has to remember to ask either. `member_of` is the
    organization of the account, whatever its person may do there. `is_suspended` says that the
    centre has suspended it. `organization_kind` is its kind, which never changes; "" where no role
    is held. `passed_second_factor` says whether
    the session, or the one in which the token was made, was opened with a second factor.
    `other_accounts` are those that the same person is known to hold besides, and
    `other_organizations` those that these accounts belong to. Who acts by a token has its id and
    its scopes; `scopes` is None for whoever does not.
    """

    person_id: UUID | None = None
    organization_id: UUID | None = None
    member_of: UUID | None = None
    is_suspended: bool = False
    organization_kind: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    is_system: bool = False
    passed_second_factor: bool = False
    door: Door = Door.PAGE
    token_id: UUID | None = None
    scopes: frozenset[str] | None = None
    other_accounts: frozenset[UUID] = field(default_factory=frozenset)
    other_organizations: frozenset[UUID] = field(default_factory=frozenset)

    def is_person(self, person_id: UUID | None) -> bool:
        """Return whether an account is the actor's own, be it another than the one they use.

        What one person must not do twice is asked by this, never by comparing ids.
        """
        return person_id is not None and (
            person_id == self.person_id or person_id in self.other_accounts
        )

    @property
    def is_signed_in(self) -> bool:
        """Return whether a person is known."""
        return self.person_id is not None

    def has(self, *roles: str) -> bool:
        """Return whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def acts_for(self, organization_id: UUID | None) -> bool:
        """Return whether the account in use is of an organization: what gives a right asks this."""
        return organization_id is not None and self.organization_id == organization_id

    def belongs_to(self, *organization_ids: UUID | None) -> bool:
        """Return whether an account of the person, in use or not, is of one of the organizations.

        What asks for somebody from outside is asked by this, never by `acts_for`.
        """
        own = self.other_organizations | {self.organization_id, self.member_of}
        return any(each is not None and each in own for each in organization_ids)

    def is_member_of(self, organization_id: UUID | None) -> bool:
        """Return whether the account is of an organization, be it without a role there."""
        return organization_id is not None and self.member_of == organization_id

    @classmethod
    def system(cls, door: Door) -> Actor:
        """Name the centre's own software as the one who acts: reactions, due dates, tasks."""
        return cls(is_system=True, door=door)


NOBODY = Actor()
