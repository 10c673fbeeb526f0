"""The acts on credentials; the things they show call them in their own transactions."""
