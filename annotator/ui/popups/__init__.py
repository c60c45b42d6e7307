"""Short choices beside the text, made by one key."""
