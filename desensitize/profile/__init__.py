"""Profiles of columns."""

from desensitize.profile.columns import ColumnProfile
from desensitize.profile.table import profile_table

__all__ = ["ColumnProfile", "profile_table"]
