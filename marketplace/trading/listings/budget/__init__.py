"""The part of a sandbox's budget that contracts promise."""
