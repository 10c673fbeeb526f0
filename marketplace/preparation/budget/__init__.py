"""The one privacy budget that all versions, copies, models and sandboxes of a dataset share."""
