"""The centre's books: what is owed, what comes in, what goes out, and what each day ends with."""
