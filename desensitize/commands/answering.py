"""Say results and progress, for people and for programs."""

import json
import sys
from argparse import ArgumentParser

from desensitize.engines.relay import Progress


def add_json(parser: ArgumentParser) -> None:
    """Add the argument by which a command answers as JSON."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def print_json(answer: object) -> None:
    """Print an answer for other programs."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def terminal_progress() -> Progress | None:
    """Return what draws a progress bar, or None when nobody watches."""
    return _show_progress if sys.stderr.isatty() else None


def _show_progress(share: float, step: str) -> None:
    print(f"\r{share:4.0%} {step:<10}", end="\n" if share >= 1 else "", file=sys.stderr)
