"""Profiles of columns."""

from desensitize.profile.columns import ColumnProfile
from desensitize.profile.histogram import OTHERS
from desensitize.profile.keys import is_key, key_pair
from desensitize.profile.table import profile_columns, profile_table

__all__ = ["OTHERS", "ColumnProfile", "is_key", "key_pair", "profile_columns", "profile_table"]
