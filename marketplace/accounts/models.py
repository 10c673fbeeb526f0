"""Organizations, the people who act for them, their roles, invitations and tokens."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.draft.models import FormDraft
from marketplace.accounts.identity.mailboxes import mailbox_of
from marketplace.accounts.letter.models import Letter
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.states import InvitationState, OrganizationState
from marketplace.core import MoneyField, NotAllowed, clock, versions
from marketplace.core.frozen import freeze
from marketplace.core.records import Record
from marketplace.core.scopes import EVERY
from marketplace.ledger.binding import BoundRow, bind
from marketplace.web.mail import MailFailure

SESSION_SALT = "accounts.session"
LONGEST_LIFE_DAYS = 365
"""Of a token, whatever its organization's policy says."""


def every_scope() -> list[str]:
    """Return all scopes of tokens; migrations keep this function instead of the list."""
    return sorted(EVERY)


__all__ = [
    "ChangeProposal",
    "FormDraft",
    "Invitation",
    "Letter",
    "Organization",
    "Person",
    "RoleGrant",
    "SigningLimit",
    "Token",
]


class Organization(Record):
    """A legal person that sells, buys, serves, runs or watches the market."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind)
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        help_text=_("18 characters of GB 32100, as on the certificate of registration."),
    )
    contact = models.CharField(
        _("public contact"), max_length=200, help_text=_("An office address, not a person's.")
    )
    is_abroad = models.BooleanField(
        _("from abroad"),
        default=False,
        help_text=_("Registered outside the mainland of China, or uses the data there."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OrganizationState, default=OrganizationState.PENDING
    )
    applied_by_id = models.UUIDField(_("applied by"), null=True)
    examined_by_id = models.UUIDField(_("examined by"), null=True)
    examined_at = models.DateTimeField(_("examined at"), null=True)
    checklist = models.JSONField(_("checklist"), default=list)
    documents = models.JSONField(_("digests of documents"), default=dict)
    evidence = models.CharField(_("documents seen"), max_length=1000, blank=True)
    verified_by_id = models.UUIDField(_("verified by"), null=True)
    verified_until = models.DateField(_("verified until"), null=True)
    reminded_on = models.DateField(_("reminded on"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    token_scopes = models.JSONField(_("scopes of tokens"), default=every_scope)
    token_days = models.PositiveSmallIntegerField(
        _("longest life of tokens in days"), default=LONGEST_LIFE_DAYS
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="accounts_organization_four_eyes",
                condition=models.Q(applied_by_id=None)
                | models.Q(verified_by_id=None)
                | ~models.Q(applied_by_id=models.F("verified_by_id")),
                violation_error_message=_("Who applies cannot verify."),
            ),
            # A refused application keeps nobody from applying with the code that is theirs.
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(state=OrganizationState.REFUSED),
                name="accounts_one_organization_of_code",
                violation_error_message=_("An organization with this code is registered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(UserManager["Person"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:  # type: ignore[override]
        """Create a person who signs in with an e-mail address."""
        email = self.normalize_email(email).lower()
        person = self.model(email=email, mailbox=mailbox_of(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:  # type: ignore[override]
        """Refuse: a right comes from a role, which an act gives.

        Raises:
            NotAllowed: always.
        """
        raise NotAllowed("Set the centre up with the command found_centre, then invite people.")

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find a person by e-mail address, whatever its case."""
        return self.get(email=(username or "").lower())


class Person(AbstractUser):
    """Someone who signs in and acts for one organization."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="people"
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    mailbox = models.CharField(_("mailbox"), max_length=254, editable=False, db_index=True)
    human_id = models.UUIDField(
        _("holder of several accounts"), null=True, editable=False, db_index=True
    )
    """The same in all accounts of one person; None while no other account of theirs is known."""
    identity_digest = models.CharField(
        _("digest of the identity document"), max_length=64, blank=True, db_index=True
    )
    address_asked_at = models.DateTimeField(_("address asked at"), null=True)
    address_proved_at = models.DateTimeField(_("address proved at"), null=True)
    letter_failure = models.CharField(
        _("why the e-mail failed"), max_length=11, choices=MailFailure, blank=True
    )
    """Of the letter that proves the address, the last time it was sent."""
    took_office_at = models.DateTimeField(_("took office at"), null=True)
    lock_out_told_at = models.DateTimeField(_("told of a lock-out at"), null=True, editable=False)
    session_round = models.PositiveIntegerField(_("round of sessions"), default=0, editable=False)
    """Sessions of an earlier round open nothing: each of them holds a digest of this number too."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session holds to be this person's: a digest of password and round."""
        text = f"{self.session_round}:{self.password}"
        return salted_hmac(SESSION_SALT, text, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class IdentityKey(Record):
    """The centre's one key under which numbers of identity documents are digested, wrapped.

    A number has few digits: without the key nobody can find it by trying all.
    """

    name = models.CharField(_("name"), max_length=8, unique=True, default="identity")
    wrapped_key = models.BinaryField(_("wrapped key"))

    class Meta:
        verbose_name = _("key of identity digests")
        verbose_name_plural = _("keys of identity digests")

    def __str__(self) -> str:
        return str(self.pk)


class RoleGrant(BoundRow, Record):
    """A role that a person holds in their organization."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=14, choices=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="accounts_role_once")
        ]

    def __str__(self) -> str:
        return self.get_role_display()


versions.register(Person, "role_grants", "signing_limits")

bind(RoleGrant, "role", key=("person_id", "role"))


class Invitation(Record):
    """An offer to join an organization, sent to the mailbox of whom it is for.

    The secret is made when the e-mail is sent and stands in it alone: `secret_digest` is None until
    then. Sent again, it has another, and the one before opens nothing any more. `asked_at` is when
    it was last asked to be sent; `signing_limit` what the person may sign for alone once they have
    joined, as `invited_by_id` said, None for the centre's own limit.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    roles = models.JSONField(_("roles"), default=list)
    signing_limit = MoneyField(_("limit"), null=True)
    invited_by_id = models.UUIDField(_("invited by"), null=True)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    secret_digest = models.CharField(max_length=64, unique=True, null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    letter_failure = models.CharField(
        _("why the e-mail failed"), max_length=11, choices=MailFailure, blank=True
    )
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_ends_once",
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        if self.expires_at <= clock.now():
            return InvitationState.EXPIRED
        if self.sent_at is not None:
            return InvitationState.SENT
        return InvitationState.UNDELIVERED if self.letter_failure else InvitationState.WAITING


class SigningTries(Record):
    """How often a person has tried to prove that it is they who sign, and their last code.

    `last_counter` is that of the last one-time code that proved it (RFC 6238): no code of its time
    or of before proves anything again.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    tried_at = models.DateTimeField(_("last tried at"), default=clock.now)
    last_counter = models.BigIntegerField(_("counter of the last code"), default=-1)

    class Meta:
        verbose_name = _("tries at signing")
        verbose_name_plural = _("tries at signing")

    def __str__(self) -> str:
        return str(self.person_id)


class EndedBecause(models.TextChoices):
    """Why a token opens nothing before its time."""

    REVOKED = "revoked", _("Revoked")
    MAKER = "maker", _("Ended with the token that made it")
    PASSWORD = "password", _("Ended by a new password")
    ROLES = "roles", _("Ended by other roles")
    FACTORS = "factors", _("Ended when the second factor was reset")
    DEACTIVATED = "deactivated", _("Ended when its person was deactivated")


class Token(Record):
    """A key to the API for one person; only its digest is kept.

    `made_by` is the token with which a program made it; whatever ends that one ends this one.
    `last_used_from` is a network and no address: enough to see a stranger, too little to follow
    somebody.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_because = models.CharField(
        _("why it ended"), max_length=12, choices=EndedBecause, blank=True
    )
    scopes = models.JSONField(_("scopes"), default=list)
    made_by = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    last_used_on = models.DateField(_("last used on"), null=True)
    last_used_from = models.CharField(_("last used from"), max_length=43, blank=True)
    with_second_factor = models.BooleanField(_("made with the second factor"), default=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_token_ends_for_a_reason",
                condition=models.Q(revoked_at=None, revoked_because="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_because="")),
            )
        ]

    def __str__(self) -> str:
        return self.name


freeze(RoleGrant, may_go=True)
