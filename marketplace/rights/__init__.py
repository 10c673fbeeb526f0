"""Claims, public notice, objections, certificates."""
