from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts import policies
from marketplace.accounts.models import Invitation, Organization, Person, Token
from marketplace.accounts.roles import ACTING, OrganizationKind, Role
from marketplace.accounts.states import OrganizationState
from marketplace.accounts.suspension import refuse_suspended
from marketplace.core import Actor, Door, Invalid, NotAllowed, NotFound, Scope, clock
from marketplace.ledger.selectors import TimelineEntry, entries_about
from marketplace.web.mail import MailFailure

EVERYBODY, NO_ROLE = "everybody", "no-role"
"""What the setting of the second factor may name besides roles: all, and whoever holds none."""
LEAST_ADMINISTRATORS = 2
"""The centre decides by two, so that it has as many administrators at least."""


def actor_of(
    person: Person, *, door: Door, passed_second_factor: bool = False, token: Token | None = None
) -> Actor:
    """Make the actor of a signed-in person, with the roles they may use at this moment.

    Who acts by a token has of its scopes those that the person's organization lets tokens have now.

    One query, a second where the person holds no role, and another where they are known to hold
    other accounts. A pending, refused or suspended organization's people hold no role.
    """
    held: list[tuple[str, str]] = []
    if person.is_active:
        grants = person.role_grants.filter(person__organization__state=OrganizationState.VERIFIED)
        held = list(grants.values_list("role", "person__organization__kind"))
    others = other_accounts_of(person)
    roles = frozenset(role for role, _kind in held)
    return Actor(
        person_id=person.pk,
        organization_id=person.organization_id if roles & ACTING else None,
        member_of=person.organization_id,
        is_suspended=not held and _is_suspended(person.organization_id),
        organization_kind=held[0][1] if held else "",
        roles=roles,
        door=door,
        passed_second_factor=passed_second_factor,
        other_accounts=frozenset(others),
        other_organizations=frozenset(filter(None, others.values())),
        token_id=token.pk if token else None,
        scopes=scopes_of(token) if token else None,
    )


def _is_suspended(organization_id: UUID | None) -> bool:
    suspended = Organization.objects.filter(state=OrganizationState.SUSPENDED)
    return organization_id is not None and suspended.filter(pk=organization_id).exists()


def other_accounts_of(person: Person) -> dict[UUID, UUID | None]:
    """Return the other accounts that a person is known to hold, with their organizations.

    Deactivated ones count: who left an organization has had a part in what it began. No query where
    no other account is known.
    """
    if person.human_id is None:
        return {}
    same = Person.objects.filter(human_id=person.human_id).exclude(pk=person.pk)
    return dict(same.values_list("pk", "organization_id"))


def scopes_of(token: Token) -> frozenset[str]:
    """Return what a token may be used for now: less, where its organization's policy says so."""
    organization = token.person.organization
    return frozenset(token.scopes) & frozenset(organization.token_scopes if organization else ())


def ends_at(token: Token) -> datetime:
    """Return when a token ends: earlier, where its organization's policy is shorter by now."""
    organization = token.person.organization
    longest = timedelta(days=organization.token_days if organization else 0)
    return min(token.expires_at, token.created_at + longest)


def second_factor_of(person_id: UUID | None) -> str:
    """Return the kind of second factor that a person has set up, "" for none; an app before a key.

    Recovery codes alone are none: they stand in for one that is lost.
    """
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    rows = Authenticator.objects.filter(user_id=person_id, type__in=types).order_by("type")
    return rows.values_list("type", flat=True).first() or ""


def lacks_second_factor(by: Actor) -> bool:
    """Return whether the actor needs a second factor that was not given.

    Who passed one and has removed it since has none either.
    """
    asked: list[str] = settings.CENTRE["SECOND_FACTOR_ROLES"]
    is_named = by.has(*asked) or EVERYBODY in asked or (NO_ROLE in asked and not by.roles)
    if not by.is_signed_in or not is_named:
        return False
    return not (by.passed_second_factor and second_factor_of(by.person_id) != "")


def refuse_program(by: Actor) -> None:
    """Refuse a program's token or key that opens nothing in place of its person.

    Raises:
        NotAllowed: the person needs a second factor, and the token was made without it
            (`token-without-second-factor`); or their organization is suspended
            (`organization-suspended`).
    """
    refuse_suspended(by)
    if lacks_second_factor(by):
        raise NotAllowed(
            _(
                "The person of this token needs a second factor, and the token was made "
                "without one. Set up a second factor, sign in with it, and make a new token."
            ),
            code="token-without-second-factor",
        )


def organizations_visible_to(by: Actor) -> QuerySet[Organization]:
    """Return all to the centre's staff, else the actor's own and the verified ones."""
    rows = Organization.objects.all()
    if policies.is_centre_staff(by):
        return rows
    if by.person_id is None:
        return rows.none()
    return rows.filter(Q(pk=by.member_of) | Q(state=OrganizationState.VERIFIED))


REMINDED_BEFORE = timedelta(days=30)
"""How long before its verification ends an organization is reminded."""


def verifications_due() -> QuerySet[Organization]:
    """Return the verified organizations whose verification has ended, or ends soon."""
    rows = Organization.objects.filter(state=OrganizationState.VERIFIED)
    ended = Q(verified_until__lt=clock.today())
    soon = Q(verified_until__lte=clock.today() + REMINDED_BEFORE, reminded_on=None)
    return rows.filter(ended | soon)


def applications_to_lapse() -> QuerySet[Organization]:
    """Return the applications whose person had the time to prove their address, and did not."""
    proved_by = clock.now() - timedelta(days=settings.CENTRE["APPLICATION_DAYS"])
    unproved = Person.objects.filter(address_proved_at=None, is_active=True)
    return Organization.objects.filter(
        state__in=[OrganizationState.PENDING, OrganizationState.REFUSED],
        created_at__lt=proved_by,
        applied_by_id__in=unproved.values("pk"),
    )


def own_organization(by: Actor) -> Organization | None:
    """Return the organization of the actor's account, whether or not they act for it."""
    return Organization.objects.filter(pk=by.member_of).first() if by.member_of else None


def organization_with_code(uscc: str, *, field: str, by: Actor) -> Organization:
    """Find an organization by its unified social credit code, as a form gives it in a field.

    Raises:
        Invalid: none that the actor may see has this code.
    """
    found = organizations_visible_to(by).filter(uscc=uscc.strip().upper()).first()
    if found is None:
        sentence = _("No verified organization has this code. Compare it with its licence.")
        raise Invalid(sentence, code="no-such-organization", fields={field: [sentence]})
    return found


def people_visible_to(by: Actor) -> QuerySet[Person]:
    """Return everybody to the centre's staff, else the people of the actor's organization.

    Whoever holds no role there sees themselves alone.
    """
    rows = Person.objects.select_related("organization").prefetch_related("role_grants")
    if policies.is_centre_staff(by):
        return rows
    if by.person_id is None:
        return rows.none()
    if by.member_of is None or not by.roles:
        return rows.filter(pk=by.person_id)
    return rows.filter(organization_id=by.member_of)


def person_with_address(email: str) -> Person:
    """Find a person by their address, for who runs the centre.

    Raises:
        NotFound: nobody signs in with it.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound(_("Nobody signs in with this address."))
    return person


def owners_of(organization_id: UUID) -> QuerySet[Person]:
    """Return the owners of an organization who can sign in, whether or not it may act."""
    return Person.objects.filter(
        organization_id=organization_id, is_active=True, role_grants__role=Role.OWNER
    ).order_by("name")


def administrators_in_office() -> QuerySet[Person]:
    """Return the administrators of the centre who can sign in."""
    return Person.objects.filter(is_active=True, role_grants__role=Role.ADMINISTRATOR)


def centre_organization() -> Organization:
    """Return the centre's own organization."""
    return Organization.objects.get(kind=OrganizationKind.CENTRE)


def waiting_administrators() -> list[UUID]:
    """Return the invitations of administrators who were named first and have not joined."""
    waiting = Invitation.objects.filter(
        organization__kind=OrganizationKind.CENTRE,
        organization__state=OrganizationState.PENDING,
        accepted_at=None,
        withdrawn_at=None,
    )
    return list(waiting.values_list("pk", flat=True))


def centre_to_open(person: Person) -> bool:
    """Return whether a person is an administrator of a centre that did not open yet."""
    return person.role_grants.filter(
        role=Role.ADMINISTRATOR,
        person__organization__kind=OrganizationKind.CENTRE,
        person__organization__state=OrganizationState.PENDING,
    ).exists()


def invitations_visible_to(by: Actor) -> QuerySet[Invitation]:
    """Return all to the centre's staff, else those to the actor's own organization."""
    rows = Invitation.objects.select_related("organization")
    if policies.is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def invitations_to(organization_id: UUID, *, by: Actor) -> QuerySet[Invitation]:
    """Return those to an organization that nobody accepted or withdrew, the expired ones too."""
    return invitations_visible_to(by).filter(
        organization_id=organization_id, accepted_at=None, withdrawn_at=None
    )


def has_proved_address(person_id: UUID | None) -> bool:
    """Return whether a person has shown that they read the mailbox of their address."""
    proved = Person.objects.filter(address_proved_at__isnull=False)
    return person_id is not None and proved.filter(pk=person_id).exists()


def letter_failure_of(person_id: UUID | None) -> str:
    """Say why the letter that proves a person's address could not be sent; "" where it was."""
    if person_id is None:
        return ""
    person = Person.objects.filter(pk=person_id).exclude(letter_failure="").first()
    return "" if person is None else str(MailFailure(person.letter_failure).label)


def tokens_visible_to(by: Actor) -> QuerySet[Token]:
    """Return the actor's own tokens; the administrator sees all."""
    rows = Token.objects.select_related("person__organization")
    if by.is_system:
        return rows
    if by.person_id is None:
        return rows.none()
    return rows if by.has(Role.ADMINISTRATOR) else rows.filter(person_id=by.person_id)


def token_in_force(digest: str) -> Token | None:
    """Find a token by its digest, where it is neither revoked nor expired."""
    found = (
        Token.objects.select_related("person__organization")
        .filter(digest=digest, revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )
    return found if found is not None and ends_at(found) > clock.now() else None


def tokens_made_by(tokens: Iterable[UUID]) -> list[Token]:
    """Return the tokens in force that were made by some tokens, by those that they made, and so on.

    The makers themselves come first.
    """
    found: dict[UUID, Token] = {}
    rows = Token.objects.select_related("person").filter(revoked_at=None)
    coming = list(rows.filter(pk__in=set(tokens)))
    while coming:
        found |= {token.pk: token for token in coming}
        coming = list(rows.filter(made_by__in=[token.pk for token in coming]).exclude(pk__in=found))
    return list(found.values())


def own_account(by: Actor) -> QuerySet[Person]:
    """Return the actor's own account, and nobody else's."""
    return Person.objects.filter(pk=by.person_id) if by.person_id else Person.objects.none()


@dataclass(frozen=True)
class TokenPolicy:
    """What the tokens of somebody may be used for, and how many days they live at most."""

    scopes: tuple[Scope, ...]
    days: int


def token_policy_of(organization: Organization) -> TokenPolicy:
    allowed = organization.token_scopes
    return TokenPolicy(tuple(each for each in Scope if each in allowed), organization.token_days)


def token_policy_for(by: Actor) -> TokenPolicy:
    """Return the policy of the actor's organization; nothing for whoever belongs to none."""
    own = own_organization(by)
    return TokenPolicy((), 0) if own is None else token_policy_of(own)


@dataclass(frozen=True)
class TokenRow:
    """A token as it stands: what is open to it now, until when, and whether it has ended."""

    token: Token
    scopes: tuple[Scope, ...]
    ends_at: datetime
    has_ended: bool


def token_rows(by: Actor) -> list[TokenRow]:
    rows = []
    for token in tokens_visible_to(by):
        open_now, end = scopes_of(token), ends_at(token)
        rows.append(
            TokenRow(
                token=token,
                scopes=tuple(each for each in Scope if each in open_now),
                ends_at=end,
                has_ended=token.revoked_at is not None or end <= clock.now(),
            )
        )
    return rows


def people_with_role(role: Role, *, organization_id: UUID | None = None) -> QuerySet[Person]:
    """Return the active people who hold a role in a verified organization."""
    rows = Person.objects.filter(
        is_active=True,
        role_grants__role=role,
        organization__state=OrganizationState.VERIFIED,
    )
    return rows.filter(organization_id=organization_id) if organization_id else rows


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Map ids of people to their names, in one query."""
    wanted = {person for person in people if person}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


@dataclass(frozen=True)
class TimelineRow:
    """One line of a timeline: the entry, and who acted, by name."""

    entry: TimelineEntry
    person: str
    organization: str

    @property
    def label(self) -> str:
        return self.entry.label

    @property
    def leaf_index(self) -> int | None:
        """Return the entry's place in the tree, None until it is sealed."""
        return self.entry.leaf_index


def timeline_of(subject: str, *, by: Actor) -> list[TimelineRow]:
    """Return what happened to a subject, oldest first, with names, in three queries.

    The caller has checked that the actor may see the subject. Names of people are told to their own
    organization and to whoever reviews, watches or runs the centre; others read its name.
    """
    return named(entries_about(subject), by=by)


def named(entries: Sequence[TimelineEntry], *, by: Actor) -> list[TimelineRow]:
    """Add the names that the actor may read to entries, in two queries."""
    people = names_of(entry.person_id for entry in entries)
    organizations = dict(
        Organization.objects.filter(
            pk__in={entry.organization_id for entry in entries if entry.organization_id}
        ).values_list("pk", "name")
    )
    staff = policies.is_centre_staff(by)
    rows = []
    for entry in entries:
        tells_person = staff or by.acts_for(entry.organization_id)
        rows.append(
            TimelineRow(
                entry=entry,
                person=people.get(entry.person_id, "") if entry.person_id and tells_person else "",
                organization=organizations.get(entry.organization_id, "")
                if entry.organization_id
                else "",
            )
        )
    return rows


def is_centre_finance(by: Actor) -> bool:
    """Return whether the actor is a finance officer of the centre, who keeps its books."""
    return by.has(Role.FINANCE) and by.organization_kind == OrganizationKind.CENTRE
