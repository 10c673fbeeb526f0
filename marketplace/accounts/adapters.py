"""How allauth behaves here."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from marketplace.accounts.actors import actor_of
from marketplace.accounts.person.models import Person
from marketplace.accounts.session.services import change_password
from marketplace.core import Door
from marketplace.web.context import centre_name


class AccountAdapter(DefaultAccountAdapter):
    """People join by an application or an invitation, never by signing up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse bare sign-ups."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the name of the centre, not of the host that was asked."""
        super().send_mail(template_prefix, email, {**context, "centre_name": centre_name()})

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set the password that a person chose, by changing the old one or by a link.

        Raises:
            Invalid: it is too weak; the form has asked before.
        """
        assert isinstance(user, Person)
        by = actor_of(user, door=Door.PAGE)
        user.password = change_password(user.pk, password=password, by=by).password

    def format_email_subject(self, subject: str) -> str:
        """Begin with the centre's name."""
        return f"{centre_name()}: {subject}"


def address_tried(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return the address that somebody tries to sign in with, for the lock-out to count by.

    The libraries name it differently: a form's field, or what a backend authenticates.
    """
    given = credentials or {}
    tried = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return tried.strip().lower()
