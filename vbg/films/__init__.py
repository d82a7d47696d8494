"""A family's own films: received sealed, measured, made playable.

Three rooms more than usual: `cli` (what the command line asks), `intake` (how bytes become a film;
actions, but with the store beside the database) and `tus` (the upload protocol over HTTP; an `api`
of its own because it is a foreign standard).
"""
