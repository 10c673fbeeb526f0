"""What a source version's columns are: profiled and classified by a run."""
