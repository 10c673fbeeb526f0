"""The papers of one trade, together, to be kept and checked without the centre."""
