"""A real centre: everything from the environment; it refuses to start with less."""

from django.core.exceptions import ImproperlyConfigured

from marketplace.settings._env import env
from marketplace.settings.base import *  # noqa: F403

# What has a default elsewhere is named here too: a default would open a second centre in silence.
for _name in (
    *("SECRET_KEY", "KEY_ENCRYPTION_KEY", "ALLOWED_HOSTS", "BROKER_URL"),
    *("DATABASE_URL", "VAR_DIR", "CENTRE_DOMAIN"),
):
    if not env.str(_name, default=""):
        raise ImproperlyConfigured(f"Set {_name} in the environment.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31536000
