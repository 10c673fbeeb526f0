"""What every app stands on: actor, errors, states, locking, money, clock, working days, envelopes."""
