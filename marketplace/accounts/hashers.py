"""How passwords are kept that were drawn at random: a demo's, and no others."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DrawnPasswordHasher(PBKDF2PasswordHasher):
    """Django's own with few iterations, which only slow down who guesses chosen passwords."""

    iterations = 20_000
