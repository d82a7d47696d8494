"""Who works here and who signs in: persons, sign-in, sessions."""
