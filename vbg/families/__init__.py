"""A family: the parents' question, its members and households, the team around it."""
