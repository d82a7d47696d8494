"""What the family wants to see on film, in its own words."""
