"""Tables that workers draw from databases."""
