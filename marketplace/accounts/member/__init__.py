"""What a person is to their organization: roles, ownership, whether they sign in."""
