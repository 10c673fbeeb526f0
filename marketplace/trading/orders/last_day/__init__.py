"""Last days of terms, provisional until the calendar of their year is known."""
