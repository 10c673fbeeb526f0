"""The tests: either database, real parts, fixed keys that protect nothing."""

import base64
import tempfile
from pathlib import Path

from marketplace.settings._env import BASE_DIR, caches, database, env
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import CENTRE

_folder = Path(env.str("TEST_VAR_DIR", default="") or tempfile.mkdtemp(prefix="centre-test-"))
# Apart from SQLite's files: a test that reads all of VAR_DIR would, by closing them, give up the
# locks of its own process on them, and another process would cut them short under it.
VAR_DIR = _folder / "var"
VAR_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only-for-tests-" + "0" * 40
KEY_ENCRYPTION_KEY = base64.b64encode(bytes(range(32))).decode()
ALLOWED_HOSTS = ["*"]
MAY_PLAY_DEMO = True
# Tests run on every day of the years to come, which no government has published yet.
CENTRE["CALENDARS"] = str(BASE_DIR / "tests" / "given" / "calendars")
# People of tests sign in by password, but where the second factor is what is tested.
CENTRE["SECOND_FACTOR_ROLES"] = []
# What goes out is paid from an account that is invented.
CENTRE["PAYING_ACCOUNT"] = "0000000000000000"
# Tests read contracts in English, but where their language is what is tested.
CENTRE["CONTRACT_LANGUAGE"] = "en"
# Who waits for a worker here is a test.
CENTRE["WORKER_NICENESS"] = env.int("CENTRE_WORKER_NICENESS", default=0)
# All of a test come from one address; that strangers are counted is tested with little.
for _name in (
    *("STRANGER_REQUESTS_PER_MINUTE", "STRANGER_APPLICATIONS_PER_HOUR"),
    *("REIDENTIFICATIONS_PER_HOUR", "PERSON_REQUESTS_PER_HOUR"),
):
    CENTRE[_name] = env.int(f"CENTRE_{_name}", default=1_000_000)
CACHES = caches(env.str("CACHE_URL", default=""))
DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{_folder}/centre.sqlite3"))
}
DATABASES["default"]["TEST"] = (
    {"NAME": str(_folder / "test.sqlite3")}
    if "sqlite3" in str(DATABASES["default"]["ENGINE"])
    else {}
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
