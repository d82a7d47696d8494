"""Tag sets: the labels a practice works with, what they say to parents, and which keys press them."""
