"""The last signed head, kept outside the database: a restored database cannot take it back."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core import WrongState
from marketplace.ledger.models import Head
from marketplace.ledger.notes import BrokenNote, Tree, parse_note, parse_tree


def path() -> Path:
    """Return where the note of the last signed head lies."""
    return Path(settings.VAR_DIR) / "ledger" / "checkpoint"


def kept_tree() -> Tree | None:
    """Return what the kept head says; None where none was kept yet.

    Raises:
        WrongState: the file cannot be read as a checkpoint.
    """
    try:
        return parse_tree(parse_note(path().read_text(encoding="utf-8")).text)
    except FileNotFoundError:
        return None
    except (BrokenNote, UnicodeDecodeError):
        raise WrongState(
            _("The file of the last signed head is damaged. Restore it from a backup."),
            code="kept-head-damaged",
        ) from None


def require_not_restored() -> None:
    """Refuse to go on where the database knows less than was signed, or something else.

    Raises:
        WrongState: it does.
    """
    kept = kept_tree()
    if kept is None or Head.objects.filter(tree_size=kept.size, root_hash=kept.root.hex()).exists():
        return
    raise WrongState(
        _(
            "The database does not hold the head of %(size)d entries that was signed last: it was "
            "restored to an older state, or altered. Nothing is sealed until an operator restores "
            "a newer one, or decides by centre accept_ledger_state."
        )
        % {"size": kept.size},
        code="ledger-restored",
    )


def keep(note: str) -> None:
    """Keep the note of a head that was signed and committed, unless a larger one is kept."""
    with _alone():
        kept = kept_tree()
        if kept is None or parse_tree(parse_note(note).text).size > kept.size:
            _write(note)


def replace(note: str | None) -> None:
    """Keep the note, or none, whatever was kept before; an operator has decided so."""
    with _alone():
        if note is None:
            path().unlink(missing_ok=True)
        else:
            _write(note)


def _write(note: str) -> None:
    fresh = path().with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path())
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone() -> Iterator[None]:
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
