"""How an order goes on: the step that all acts share."""
