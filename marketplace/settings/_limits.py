"""How much each person and each organization may do, so that the centre serves all of them."""

from marketplace.settings._env import env

LIMITS: dict[str, int] = {
    "SIGN_IN_TRIES": env.int("CENTRE_SIGN_IN_TRIES", default=8),
    "SIGN_IN_WAIT_MINUTES": env.int("CENTRE_SIGN_IN_WAIT_MINUTES", default=15),
    "SESSION_HOURS": env.int("CENTRE_SESSION_HOURS", default=8),
    "OPEN_INQUIRIES": env.int("CENTRE_OPEN_INQUIRIES", default=5),
    "OPEN_PUSHES": env.int("CENTRE_OPEN_PUSHES", default=10),
    "WEBHOOKS": env.int("CENTRE_WEBHOOKS", default=10),
    "FORM_DRAFTS": env.int("CENTRE_FORM_DRAFTS", default=100),
}
