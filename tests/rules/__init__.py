"""The rules of thumb of every screen, each a check over every page there is."""
