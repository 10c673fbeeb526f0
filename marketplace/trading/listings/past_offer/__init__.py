"""What a listing offered before it moved on."""
