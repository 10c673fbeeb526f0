"""Read the environment and the key file, in one place."""

from pathlib import Path
from typing import cast

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGED_TEMPLATES = BASE_DIR / "marketplace" / "templates"
TEMPLATES_DIR = PACKAGED_TEMPLATES if PACKAGED_TEMPLATES.is_dir() else BASE_DIR / "templates"
"""Beside the package in a checkout; a wheel has them inside, where no other package's files lie."""
PACKAGED_DOCS = BASE_DIR / "marketplace" / "docs"
DOCS_DIR = PACKAGED_DOCS if PACKAGED_DOCS.is_dir() else BASE_DIR / "docs"
"""Guides, glossary and pictures, likewise."""

env = environ.Env()


def database(url: str) -> dict[str, object]:
    """Turn a database URL into Django's settings, with the options each backend needs.

    SQLite runs in WAL mode and takes its write lock when a transaction begins: a lock taken
    later can fail at once instead of waiting.
    """
    settings: dict[str, object] = {"OPTIONS": {}, **env.db_url_config(url)}
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
            **cast(dict[str, object], settings["OPTIONS"]),
        }
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


def shared_cache(url: str) -> dict[str, object]:
    """Turn the address of a Redis or Valkey into the settings of the cache that processes share.

    Celery's way to write a Unix socket is taken too. A server that hangs holds up nobody for long.
    """
    address = url.replace("redis+socket://", "unix://", 1)
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "centre",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }


def caches(url: str) -> dict[str, dict[str, object]]:
    """Return Django's setting: what each process keeps for itself, and what all share."""
    own: dict[str, object] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {"default": own, "shared": shared_cache(url) if url else {**own, "LOCATION": "shared"}}
