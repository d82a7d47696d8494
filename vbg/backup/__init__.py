"""A practice copied to another disk while it runs, and brought back into an empty place; never the key file."""
