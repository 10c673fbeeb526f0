"""Arbitration: where annotators disagree, somebody who labelled none of it decides."""
