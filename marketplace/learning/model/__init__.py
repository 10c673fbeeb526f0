"""Models: what came of a training run, with card, credential and scoring."""
