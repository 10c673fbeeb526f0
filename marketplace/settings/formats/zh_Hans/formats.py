"""Numbers in groups of three, as money has them everywhere (GB/T 15835-2011 allows the comma)."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
