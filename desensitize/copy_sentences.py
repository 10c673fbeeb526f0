"""What is refused of a synthetic copy and of the domains declared for it."""

COPY_SENTENCES = {
    "copy-needs-delta": "A synthetic copy needs a δ above 0, such as 0.000000001. Give one.",
    "bad-copy-rows": "The rows of a copy must be a whole number from 1 to {limit}.",
    "domain-needed": (
        "Which values column “{column}” can have is not declared, and the data must not tell. "
        "List its values, give its bounds, or leave the column out."
    ),
    "bad-domain": "The domain of column “{column}” cannot be used: {reason}.",
    "bad-domains": "The domains cannot be read: {reason}.",
    "too-many-domains": "A synthetic copy has from 1 to {limit} columns. Declare as many.",
}
