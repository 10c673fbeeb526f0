from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.person.mailboxes import mailbox_of
from marketplace.accounts.roles import Role
from marketplace.core import NotAllowed, versions
from marketplace.core.frozen import freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.web.mail import MailFailure

SESSION_SALT = "accounts.session"


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
        "accounts.Organization", models.PROTECT, null=True, blank=True, related_name="people"
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


freeze(RoleGrant, may_go=True)
