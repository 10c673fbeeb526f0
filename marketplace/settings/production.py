"""A real centre: everything from the environment; it refuses to start with less."""

from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import ALLOWED_HOSTS, BROKER_URL, KEY_ENCRYPTION_KEY, SECRET_KEY

for _name, _value in {
    "SECRET_KEY": SECRET_KEY,
    "KEY_ENCRYPTION_KEY": KEY_ENCRYPTION_KEY,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    "BROKER_URL": BROKER_URL,
}.items():
    if not _value:
        raise ImproperlyConfigured(f"Set {_name} in the environment.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31536000
