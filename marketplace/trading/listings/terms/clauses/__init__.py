"""The clauses of a licence, a class each."""
