"""What programs take of a grant with its key: counted, summed by day and month, billed."""
