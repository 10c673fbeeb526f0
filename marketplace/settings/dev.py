"""The demo and a developer's machine: SQLite and embedded parts, keys from `var/keys.env`."""

from pathlib import Path

from marketplace.embedded.address import address_of
from marketplace.embedded.sockets import embedded_broker_url
from marketplace.settings import _keyfile
from marketplace.settings._env import caches, env
from marketplace.settings._private import private_file, private_folder
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import BROKER_URL, CACHE_URL, CENTRE, DATABASES, STATIC_ROOT, VAR_DIR

_keys = _keyfile.read(VAR_DIR / "keys.env")
SECRET_KEY = _keys["SECRET_KEY"]
KEY_ENCRYPTION_KEY = _keys["KEY_ENCRYPTION_KEY"]
# The centre of the demo story, unless another is named.
CENTRE_NAME = env.str("CENTRE_NAME", default="Lanwan Data Asset Trading Centre")
CENTRE_NAME_CHINESE = env.str("CENTRE_NAME_CHINESE", default="澜湾数据资产交易中心")
CENTRE["BANK_ACCOUNT"] = env.str(
    "CENTRE_BANK_ACCOUNT",
    default="Lanwan Data Asset Trading Centre, Bank of Lanwan, 0000 0000 0000 0000 (invented)",
)
CENTRE["PAYING_ACCOUNT"] = env.str("CENTRE_PAYING_ACCOUNT", default="0000000000000000")
# Invitations lie where whoever tries the demo can read them, and nobody else on the machine, unless
# a mail server is named.
MAILS = private_folder(VAR_DIR / "mails")
vars().update(env.email("EMAIL_URL", default=f"filemail:///{MAILS}"))
# What SQLite writes beside its file has the rights of the file.
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    private_file(Path(str(DATABASES["default"]["NAME"])))
# Its sign-ins are printed for everybody to try.
CENTRE["SECOND_FACTOR_ROLES"] = env.list("CENTRE_SECOND_FACTOR_ROLES", default=[])
# Its story waits for the worker, and a machine may be busy with other things.
CENTRE["WORKER_NICENESS"] = env.int("CENTRE_WORKER_NICENESS", default=0)
# What names the demo's address names one that works: the port that it was made for.
CENTRE_DOMAIN = env.str("CENTRE_DOMAIN", default=address_of(VAR_DIR))
ALLOWED_HOSTS = [
    *("localhost", "127.0.0.1", "[::1]", "testserver", CENTRE_DOMAIN.partition(":")[0]),
    *env.list("ALLOWED_HOSTS", default=[]),
]
# Passwords are drawn, 15 random bytes each: nobody guesses them, however fast each guess is. Those
# of the usual strength would take a third of the time that a year of signatures takes.
PASSWORD_HASHERS = ["marketplace.accounts.hashers.DrawnPasswordHasher"]
MAY_PLAY_DEMO = True
# Nobody relies on the terms of a demo.
SILENCED_SYSTEM_CHECKS = ["rights.W002"]
BROKER_URL = BROKER_URL or embedded_broker_url(VAR_DIR)
CELERY_BROKER_URL = BROKER_URL
CACHES = caches(CACHE_URL or BROKER_URL)
# Files come straight from the apps and packages: collecting and compressing them takes longer
# than the whole story.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
