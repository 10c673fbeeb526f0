"""What is sold: a dataset together with the policy by which it is prepared."""
