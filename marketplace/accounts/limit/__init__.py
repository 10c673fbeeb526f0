"""For what sum a person may sign alone for their organization."""
