"""The pages of an organization and of a person, which show and do what several nouns say."""
