"""Runs: asked for, taken by a worker, ended or given up."""
