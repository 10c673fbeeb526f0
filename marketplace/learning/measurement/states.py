from marketplace.jobs.states import JobState

WITHOUT_RECEIPT = frozenset({JobState.FAILED.value, JobState.CANCELLED.value})
"""The states of a measurement that ended with nothing: the same may be asked for again."""
