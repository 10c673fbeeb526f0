"""The acts on stored files, and the private folders in which they are decrypted."""
