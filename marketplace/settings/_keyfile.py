"""The key file of a demo: made once, readable by its owner alone."""

import base64
import os
import secrets
from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """Read the keys, making the file first where there is none.

    The environment wins over the file, so that a deployment can hold its keys elsewhere.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
            f"KEY_ENCRYPTION_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}\n"
        )
        # Written under a private name and linked: two processes starting at once agree on one.
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(lines)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name: os.environ.get(name, value) for name, value in pairs}
