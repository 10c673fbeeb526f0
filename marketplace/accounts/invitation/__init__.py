"""Offers to join an organization, by an e-mail to one mailbox."""
