"""The passwords of the story's people: made at random, kept in one file for its owner alone."""

import json
import os
import secrets
from pathlib import Path

from marketplace.demo.story.cast import EVERYBODY

PASSWORD_BYTES = 15


def sign_ins(path: Path) -> dict[str, str]:
    """Return the password of each address; they are made now where there is no file yet."""
    if not path.exists():
        made = {part.email: secrets.token_urlsafe(PASSWORD_BYTES) for part in EVERYBODY}
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        # Renamed when complete: whoever is interrupted here has no people with lost passwords.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file, indent=2)
        fresh.replace(path)
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept
