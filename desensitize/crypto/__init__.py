"""Keys, and what they do to a column: codes and encryption that keeps the form."""

from desensitize.crypto.aes_cmac import aes_cmac, cmac_words
from desensitize.crypto.ff1 import Ff1
from desensitize.crypto.hmac_sha256 import hmac_sha256
from desensitize.crypto.keys import Key, KeyRing

__all__ = ["Ff1", "Key", "KeyRing", "aes_cmac", "cmac_words", "hmac_sha256"]
