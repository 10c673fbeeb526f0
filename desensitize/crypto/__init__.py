"""Keys and keyed pseudonyms."""

from desensitize.crypto.keys import KeyRing
from desensitize.crypto.pseudonyms import HmacSha256, pseudonyms

__all__ = ["HmacSha256", "KeyRing", "pseudonyms"]
