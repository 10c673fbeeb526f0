"""The log, what watches over it, and the keys that sign."""

from marketplace.ledger.models.audits import (
    Audit,
    RunningAudit,
)
from marketplace.ledger.models.log import (
    Checkpoint,
    Entry,
    Head,
    Mention,
    Salts,
    Seal,
    Sealer,
    SigningKey,
    Stray,
    Tile,
)
from marketplace.ledger.models.witnesses import (
    Cosignature,
    WitnessCheck,
    WitnessedLog,
    WitnessKey,
)

__all__ = [
    "Audit",
    "Checkpoint",
    "Cosignature",
    "Entry",
    "Head",
    "Mention",
    "RunningAudit",
    "Salts",
    "Seal",
    "Sealer",
    "SigningKey",
    "Stray",
    "Tile",
    "WitnessCheck",
    "WitnessKey",
    "WitnessedLog",
]
