"""Build a world in the database that DATABASE_URL names, and say how to call it.

`python -m tests.campaigns.own_world` prints tokens and the id of a published listing as JSON.
"""

from __future__ import annotations

import json
from importlib import import_module

import django
from django.core.management import call_command


def main() -> None:
    """Migrate, build, publish."""
    django.setup()
    call_command("migrate", verbosity=0)
    # They import models, which are there only now.
    world = import_module("tests.given.world")
    trading, serving = (import_module(f"tests.{name}") for name in ("given.trading", NAME))
    world.build_world()
    listing = trading.published(world.World())
    tokens = serving.tokens_of("officer", "buyer", "treasurer", "administrator", "reviewer")
    print(json.dumps({"tokens": tokens, "listing": str(listing.pk)}))


NAME = "campaigns.serving"

if __name__ == "__main__":
    main()
