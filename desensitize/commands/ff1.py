"""`ff1`: encrypt single values in their own form, for checks."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import polars as pl

from desensitize.commands.answering import add_json, print_json
from desensitize.crypto import Ff1
from desensitize.crypto.ff1 import LONGEST
from desensitize.errors import DesensitizeError

HELP = "encrypt or decrypt values so that they keep their form (NIST SP 800-38G), for checks"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("action", choices=("encrypt", "decrypt"))
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument(
        "--key",
        help="16, 24 or 32 bytes as hexadecimal digits; everybody on this machine can read it in "
        "the list of processes, so give only keys of tests here",
    )
    key.add_argument("--key-file", type=Path, help="a file that holds the hexadecimal digits")
    parser.add_argument("--tweak", default="", help="hexadecimal digits (none)")
    parser.add_argument(
        "--radix", type=int, default=10, help="numerals of 0-9, a-z, A-Z that values use (10)"
    )
    parser.add_argument("values", nargs="+", metavar="VALUE")
    add_json(parser)


def run(given: Namespace) -> None:
    """Print one result a line, or nothing when a value cannot be handled."""
    cipher = Ff1(_key(given), _tweak(given.tweak), radix=given.radix)
    values = pl.Series("value", given.values, dtype=pl.String)
    results = cipher.encrypt(values) if given.action == "encrypt" else cipher.decrypt(values)
    for position, result in enumerate(results, 1):
        if result is None:
            raise DesensitizeError(
                "bad-ff1-value", position=position, radix=given.radix, most=LONGEST
            )
    if given.json:
        print_json({"results": results.to_list()})
        return
    for result in results:
        print(result)


def _key(given: Namespace) -> bytes:
    if given.key_file is None:
        return _digits(given.key)
    try:
        return _digits(given.key_file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise DesensitizeError("bad-ff1-key") from error


def _digits(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        # Without its cause, which would show the digits.
        raise DesensitizeError("bad-ff1-key") from None


def _tweak(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError as error:
        raise DesensitizeError("bad-ff1-tweak-digits") from error
