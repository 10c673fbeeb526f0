"""Let commands read standard input and write to standard output as if they were files."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from desensitize.commands.files import STANDARD
from desensitize.engines.workspace import workspace
from desensitize.errors import DesensitizeError


@contextmanager
def streams_as_files(given: Namespace) -> Iterator[None]:
    """Put a file with what standard input holds in the place of `-`, for as long as a command runs.

    When the target is `-`, what the command says goes to standard error, so that only the table
    goes to standard output.

    Raises:
        DesensitizeError: `standard-input-twice`.
    """
    read = [name for name, value in vars(given).items() if value == STANDARD and name != "target"]
    if len(read) > 1:
        raise DesensitizeError("standard-input-twice")
    with workspace() as folder:
        for name in read:
            spooled = folder / "input.csv"
            with spooled.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            setattr(given, name, spooled)
        if vars(given).get("target") == STANDARD:
            with redirect_stdout(sys.stderr):
                yield
        else:
            yield
