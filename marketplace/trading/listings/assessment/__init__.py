"""What a listing does to persons, assessed before it goes on sale."""
