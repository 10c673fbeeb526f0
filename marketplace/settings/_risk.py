"""What every version must keep to, and how far attackers may come where it is called anonymous."""

from marketplace.settings._env import env

RISK: dict[str, object] = {
    "SMALLEST_CLASS": env.int("CENTRE_SMALLEST_CLASS", default=5),
    "LARGEST_UNIQUE_SHARE": env.float("CENTRE_LARGEST_UNIQUE_SHARE", default=0.0),
    "LARGEST_PROSECUTOR_RISK": env.float("CENTRE_LARGEST_PROSECUTOR_RISK", default=0.2),
    "LARGEST_SUPPRESSION": env.float("CENTRE_LARGEST_SUPPRESSION", default=0.2),
    "ATTACK_KNOWN_COLUMNS": env.int("CENTRE_ATTACK_KNOWN_COLUMNS", default=4),
    "ATTACK_UNIQUE_SHARE": env.float("CENTRE_ATTACK_UNIQUE_SHARE", default=0.01),
    "ATTACK_SMALL_CLASS_SHARE": env.float("CENTRE_ATTACK_SMALL_CLASS_SHARE", default=0.05),
    "ATTACK_EXCESS": env.float("CENTRE_ATTACK_EXCESS", default=0.05),
    "ATTACK_CERTAIN_SHARE": env.float("CENTRE_ATTACK_CERTAIN_SHARE", default=0.05),
    "ATTACK_CERTAIN_SENSITIVE_SHARE": env.float(
        "CENTRE_ATTACK_CERTAIN_SENSITIVE_SHARE", default=0.0
    ),
    "DATASET_EPSILON": env.str("CENTRE_DATASET_EPSILON", default="10"),
    "DATASET_DELTA": env.str("CENTRE_DATASET_DELTA", default="0.000001"),
}
