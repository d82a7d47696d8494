"""Where each person stopped in a film, and how she likes to work: hers alone, the same on every machine."""
