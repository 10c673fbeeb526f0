"""Measure the library against its bars and its peers; `python -m benchmarks.run` does it all."""
