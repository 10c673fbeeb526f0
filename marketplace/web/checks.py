"""The system check of settings in the environment that nothing reads."""

import os
from collections.abc import Sequence
from difflib import get_close_matches

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

PREFIX = "CENTRE_"
OF_COMMANDS = frozenset(
    {"CENTRE_ADMINISTRATOR_PASSWORD", "CENTRE_CODE", "CENTRE_ENV_FILE", "CENTRE_USER"}
)
"""What commands read of the environment themselves."""


@register()
def check_environment(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report a misspelt setting: the default holds in its place, and nobody would know."""
    known = {f"{PREFIX}{name}" for name in settings.CENTRE} | OF_COMMANDS
    known |= {name for name in dir(settings) if name.startswith(PREFIX)}
    return [
        Warning(
            f"Nothing reads {name} of the environment, so it changes nothing.",
            hint="".join(
                f"Did you mean {near}?" for near in get_close_matches(name, sorted(known), n=1)
            )
            or None,
            id="web.W001",
        )
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name not in known
    ]
