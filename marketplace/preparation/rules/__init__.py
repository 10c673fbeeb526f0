"""What the acts of preparation refuse: on versions, runs, policies and risk reports."""
