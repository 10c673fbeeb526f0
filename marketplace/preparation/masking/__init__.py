"""Source versions desensitized by their policy, and measured."""
