"""How far people who label the same items agree. Pure: no models, no Django."""
