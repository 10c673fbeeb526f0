"""Buyers from abroad, and the security assessments that let important data go to them."""
