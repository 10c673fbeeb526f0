"""The command line.

Exit codes: 0 done, 1 refused (one sentence on standard error says why and what to do), 2 wrong
usage, 3 a release that is not anonymous or a table that a rule of quality holds, 130 interrupted.
"""

import argparse
import sys
from collections.abc import Sequence

from desensitize.commands import COMMANDS
from desensitize.commands.streams import streams_as_files
from desensitize.errors import DesensitizeError

# What shells expect of a program that Ctrl-C has ended: 128 and the signal's number.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    given = build_parser().parse_args(arguments)
    try:
        with streams_as_files(given):
            done: int | None = COMMANDS[given.command].run(given)
    except BrokenPipeError:
        # Whoever read the output has seen enough of it.
        return 1
    except DesensitizeError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing was written.", file=sys.stderr)
        return INTERRUPTED
    return done or 0


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m desensitize",
        description="Find personal fields in a table, mask them, and measure what risk remains.",
        epilog="Exit codes: 0 done, 1 refused with a sentence on standard error, 2 wrong usage, "
        "3 a release that is not anonymous or a table that a rule holds, 130 interrupted.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.add_arguments(commands.add_parser(name, help=command.HELP))
    return parser
