"""Training runs: declared, done by a worker, ended with a model or a reason."""
