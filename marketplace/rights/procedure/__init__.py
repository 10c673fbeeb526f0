"""The procedures by which rights are registered, and their terms."""
