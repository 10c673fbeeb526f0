"""Train one model in a process of its own, under limits that only the system can keep.

A program for `desensitize.confinement.child`, which has closed the process off. Of the centre it
can read this folder alone, so the packages above it are stood in for: importing them would start
Django.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parent
PACKAGES = ("marketplace", "marketplace.learning", "marketplace.learning.training")


def main() -> None:
    """Do what is asked on standard input, and write what came of it."""
    for name in PACKAGES:
        package = ModuleType(name)
        package.__path__ = [str(FOLDER)] if name == PACKAGES[-1] else []
        sys.modules[name] = package
    import_module(f"{PACKAGES[-1]}.answering").main()


if __name__ == "__main__":
    main()
