"""`mask`: run a policy over a table."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from desensitize.commands.answering import add_json, print_json, terminal_progress
from desensitize.commands.files import RESULT, add_files, opened_to_run, write_table
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.engines.codebook import write_codebook
from desensitize.policy import load_policy
from desensitize.tables import sha256_of

HELP = "run a policy over a table"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_files(parser)
    parser.add_argument("--policy", type=Path, required=True, help="a TOML file")
    parser.add_argument("--key-file", type=Path, help="32 bytes, raw or as hexadecimal digits")
    parser.add_argument("--dataset", default="", help="name that keys are bound to")
    parser.add_argument("--recipient", default="", help="name that keys are bound to")
    parser.add_argument(
        "--release", default="", help="name that the order of rows is bound to (the file's digest)"
    )
    parser.add_argument("--codebook", type=Path, help="write what the columns mean, as JSON")
    add_json(parser)


def run(given: Namespace) -> None:
    """Run a policy from a TOML file."""
    policy = load_policy(given.policy)
    with opened_to_run(given.source, given.sheet) as (table, work):
        keys = None if given.key_file is None else _keys(given)
        plain = work / RESULT
        progress = terminal_progress()
        done = run_policy(table, plain, policy, keys=keys, work=work, progress=progress)
        write_table(plain, given.target)
        if given.codebook is not None:
            write_codebook(done.codebook, given.codebook)
    result = asdict(done)
    # It is kept for later tables, which a single run knows nothing of.
    del result["recoding"]
    if given.json:
        print_json(result)
    else:
        print(f"{result['rows_written']} rows written, {result['suppressed_rows']} left out.")
        for name in done.hidden:
            print(f"Column “{name}” is “*” in every row: hardly a cell of it could be shown.")
        for name in policy.one_value:
            print(
                f"Column “{name}” says the same wherever it is filled. "
                "Drop it, or choose a mask that keeps more."
            )


def _keys(given: Namespace) -> KeyRing:
    return KeyRing.from_file(
        given.key_file,
        dataset=given.dataset,
        recipient=given.recipient,
        # Two versions of a table never share an order by which their rows could be laid together.
        release=given.release or sha256_of(given.source),
    )
