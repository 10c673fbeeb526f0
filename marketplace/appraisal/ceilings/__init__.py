"""Price ceilings of public data: laid out like an app of its own, inside appraisal."""
