"""The forms of the second factor: each try is counted, and a code opens one session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from marketplace.accounts.session.services import count_signing_try, forget_tries, spend_code
from marketplace.core import Actor, Door, Invalid

if TYPE_CHECKING:
    Base = Any
else:
    Base = object


class _Counted(Base):
    """Asks the database, since each process of the web server has a memory of its own."""

    def clean_code(self) -> str:
        """Return the code, if it is right and was not used.

        Raises:
            ValidationError: it is wrong, was used, or there were too many tries.
        """
        try:
            count_signing_try(by=Actor(person_id=self.user.pk, door=Door.PAGE))
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from None
        code = str(super().clean_code())
        if self.authenticator.type != Authenticator.Type.TOTP:
            forget_tries(self.user.pk)
        elif not spend_code(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class GiveFactorForm(_Counted, AuthenticateForm):
    """Asks for the second factor at sign-in."""


class GiveFactorAgainForm(_Counted, ReauthenticateForm):
    """Asks for it anew in a session."""
