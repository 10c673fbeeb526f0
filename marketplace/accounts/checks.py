"""The system check of the setting that names the roles which need a second factor."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from marketplace.accounts.actors import EVERYBODY, NO_ROLE
from marketplace.accounts.roles import Role


@register()
def check_second_factor_roles(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report a role that does not exist: nobody would be asked in its place."""
    known = (EVERYBODY, NO_ROLE, *Role.values)
    unknown = sorted(set(settings.CENTRE["SECOND_FACTOR_ROLES"]) - set(known))
    if not unknown:
        return []
    sentence = "CENTRE_SECOND_FACTOR_ROLES names unknown roles: {}. Choose from {}."
    return [Error(sentence.format(", ".join(unknown), ", ".join(known)), id="accounts.E001")]
