"""The centre's rules for those who run it: sign-in, health, and what is kept for how long."""

from marketplace.settings._env import env

OPERATING: dict[str, object] = {
    "REIDENTIFICATIONS_PER_HOUR": env.int("CENTRE_REIDENTIFICATIONS_PER_HOUR", default=5),
    "PERSON_REQUESTS_PER_HOUR": env.int("CENTRE_PERSON_REQUESTS_PER_HOUR", default=5),
    "PERSON_IDENTITY_WORKING_DAYS": env.int("CENTRE_PERSON_IDENTITY_WORKING_DAYS", default=3),
    "PERSON_ANSWER_WORKING_DAYS": env.int("CENTRE_PERSON_ANSWER_WORKING_DAYS", default=15),
    "PERSON_CONFIRM_WORKING_DAYS": env.int("CENTRE_PERSON_CONFIRM_WORKING_DAYS", default=3),
    "PERSON_REMOVAL_WORKING_DAYS": env.int("CENTRE_PERSON_REMOVAL_WORKING_DAYS", default=15),
    "PERSON_ANSWER_DAYS": env.int("CENTRE_PERSON_ANSWER_DAYS", default=30),
    "PERSON_AUTHORITY": env.str("CENTRE_PERSON_AUTHORITY", default=""),
    "LICENCE_REMINDER_DAYS": env.int("CENTRE_LICENCE_REMINDER_DAYS", default=30),
    "KEEP_ANSWERS_DAYS": env.int("CENTRE_KEEP_ANSWERS_DAYS", default=7),
    "SESSION_IDLE_MINUTES": env.int("CENTRE_SESSION_IDLE_MINUTES", default=60),
    "KEEP_WEBHOOKS_DAYS": env.int("CENTRE_KEEP_WEBHOOKS_DAYS", default=30),
    "KEEP_SIGN_INS_DAYS": env.int("CENTRE_KEEP_SIGN_INS_DAYS", default=180),
    "KEEP_INVITATIONS_DAYS": env.int("CENTRE_KEEP_INVITATIONS_DAYS", default=30),
    "QUEUE_MOST": env.int("CENTRE_QUEUE_MOST", default=200),
    "QUEUE_MINUTES": env.int("CENTRE_QUEUE_MINUTES", default=60),
    "ISOLATED_READERS": env.bool("CENTRE_ISOLATED_READERS", default=False),
    "FREE_BYTES_LEAST": env.int("CENTRE_FREE_BYTES_LEAST", default=1024**3),
    "WEB_LOCK_SECONDS": env.int("CENTRE_WEB_LOCK_SECONDS", default=5),
    "WEB_STATEMENT_SECONDS": env.int("CENTRE_WEB_STATEMENT_SECONDS", default=30),
    "WEB_IDLE_SECONDS": env.int("CENTRE_WEB_IDLE_SECONDS", default=60),
    "WORK_LOCK_SECONDS": env.int("CENTRE_WORK_LOCK_SECONDS", default=10),
    "WORK_STATEMENT_SECONDS": env.int("CENTRE_WORK_STATEMENT_SECONDS", default=900),
    "WORK_IDLE_SECONDS": env.int("CENTRE_WORK_IDLE_SECONDS", default=900),
    "SECOND_FACTOR_ROLES": env.list("CENTRE_SECOND_FACTOR_ROLES", default=["everybody"]),
}
