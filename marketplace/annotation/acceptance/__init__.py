"""Acceptance by sampling: a few labels of a batch are looked at, and a rule decides on all."""
