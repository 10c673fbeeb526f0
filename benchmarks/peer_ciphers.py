"""Time a package's loop over texts, in the Python that has the package.

Reads name, key, tweak and texts as JSON; prints the processor time a value in nanoseconds. Needs
nothing of this library, so that it runs where the peers are.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module

DIGITS = "0123456789"


def cipher_of(name: str, key: str, tweak: str) -> Callable[[str], str]:
    """Return the package's function that encrypts one text of digits."""
    if name == "ff3":
        # The standard's other mode takes tweaks of 7 bytes.
        encrypt: Callable[[str], str] = import_module("ff3").FF3Cipher(key, tweak[:14]).encrypt
        return encrypt
    peer = import_module("fastfpe.ff1")
    return lambda text: str(peer.encrypt(key, tweak, DIGITS, text))


def main() -> None:
    """Time what standard input asks for."""
    name, key, tweak, texts = json.load(sys.stdin)
    encrypt = cipher_of(name, key, tweak)
    started = time.process_time_ns()
    encrypted = [encrypt(text) for text in texts]
    spent = time.process_time_ns() - started
    print(spent / len(encrypted))


if __name__ == "__main__":
    main()
