"""Scoring with a model that was bought: rows go in, answers come out, the model stays inside."""
