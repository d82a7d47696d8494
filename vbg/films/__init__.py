"""A family's own films: received sealed, measured, made playable."""
