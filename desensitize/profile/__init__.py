"""Profiles of columns."""

from desensitize.profile.columns import ColumnProfile
from desensitize.profile.histogram import OTHERS
from desensitize.profile.table import profile_columns, profile_table

__all__ = ["OTHERS", "ColumnProfile", "profile_columns", "profile_table"]
