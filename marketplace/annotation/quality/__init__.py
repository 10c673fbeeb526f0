"""The quality of labels: how far annotators agree, and what they take for what."""
