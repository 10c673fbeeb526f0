"""Read the environment and the key file, in one place."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()


def database(url: str) -> dict[str, object]:
    """Turn a database URL into Django's settings, with the options each backend needs.

    SQLite runs in WAL mode and takes its write lock when a transaction begins: a lock taken
    later can fail at once instead of waiting.
    """
    settings: dict[str, object] = dict(env.db_url_config(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = None
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                # Without it `INSERT OR REPLACE` deletes a row and fires no delete trigger.
                "PRAGMA recursive_triggers=ON;"
            ),
        }
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
