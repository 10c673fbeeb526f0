"""Find personal fields in tables, mask them, and measure the risk that remains."""

from desensitize.errors import CODES, DesensitizeError, TableError

__all__ = ["CODES", "DesensitizeError", "TableError"]
