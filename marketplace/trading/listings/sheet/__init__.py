"""Everything that a buyer decides on, frozen at publication."""
