"""The mailboxes of the story's people."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from marketplace.demo.story.letters import SEPARATOR, letter_to, link_in


def test_a_letter_goes_to_its_address_alone(tmp_path: Path) -> None:
    """Also where one address ends as another does, and the other's letter came later."""
    letters = [
        f"To: {to}\nContent-Type: text/plain\n\nhttp://here/invitations/{to[0]}/ x".encode()
        for to in ("a@example.org", "Bea <b-a@example.org>")
    ]
    (tmp_path / "1.log").write_bytes(SEPARATOR.join([*letters, b""]))
    assert link_in(letter_to("a@example.org", tmp_path), "/invitations/") == "a"
    assert link_in(letter_to("b-a@example.org", tmp_path), "/invitations/") == "B"
    assert letter_to("c@example.org", tmp_path) == ""


def test_the_demo_writes_letters_into_its_own_folder(tmp_path: Path) -> None:
    """Wherever it is started from."""
    asked = "from marketplace.settings import dev; print(dev.EMAIL_FILE_PATH)"
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    environment.pop("EMAIL_URL", None)
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == str(tmp_path / "mails")
