"""What happens to somebody's own account."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.session.events import FactorsChanged, PasswordChanged, SignInLocked
from marketplace.accounts.token.events import TokenCreated, TokenRevoked
from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices.audiences import PERSON_CONCERNED
from marketplace.pipeline.notices.row import Row

ROWS = (
    Row(
        name="token_created",
        facts=(TokenCreated,),
        to=(PERSON_CONCERNED,),
        label=_("API token made"),
        title=_("The API token “%(thing)s” was made"),
        body=_(
            "It acts as you. If you did not make it, revoke it, change your password and tell the "
            "centre."
        ),
        group=Group.ACCOUNT,
        email=Email.ALWAYS,
        page=lambda _entry: reverse("account_tokens"),
    ),
    Row(
        name="token_revoked",
        facts=(TokenRevoked,),
        to=(PERSON_CONCERNED,),
        label=_("API token ended"),
        title=_("The API token “%(thing)s” has ended"),
        body=_("What used it is refused from now on. Why it ended stands with your tokens."),
        group=Group.ACCOUNT,
        email=Email.ALWAYS,
        page=lambda _entry: reverse("account_tokens"),
    ),
    Row(
        name="password_changed",
        facts=(PasswordChanged,),
        to=(PERSON_CONCERNED,),
        label=_("Password changed"),
        title=_("Your password was changed"),
        body=_(
            "Other sessions and your API tokens have ended. If it was not you, set a new password "
            "by “Forgot password” and tell the centre."
        ),
        group=Group.ACCOUNT,
        email=Email.ALWAYS,
        page=lambda _entry: reverse("account_change_password"),
    ),
    Row(
        name="factors_changed",
        facts=(FactorsChanged,),
        to=(PERSON_CONCERNED,),
        label=_("Second factors changed"),
        title=_("Your second factors were changed"),
        body=_(
            "A second factor was set up or taken away, or recovery codes were made anew; your "
            "other sessions have ended. If it was not you, tell the centre at once."
        ),
        group=Group.ACCOUNT,
        email=Email.ALWAYS,
        page=lambda _entry: reverse("mfa_index"),
    ),
    Row(
        name="sign_in_locked",
        facts=(SignInLocked,),
        to=(PERSON_CONCERNED,),
        label=_("Sign-in locked"),
        title=_("Somebody tried wrong passwords for your address"),
        body=_(
            "Sign-in from where they came is locked for a quarter of an hour. If it was not you, "
            "you need do nothing; where your password is an easy one, choose another."
        ),
        group=Group.ACCOUNT,
        email=Email.ALWAYS,
        page=lambda _entry: reverse("account_change_password"),
    ),
)
