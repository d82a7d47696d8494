"""The web edge: access, units, errors, problem details. No business nouns."""
