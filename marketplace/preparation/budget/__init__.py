"""The one privacy budget that all versions, copies and sandboxes of a dataset share."""
