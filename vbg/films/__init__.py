"""A family's own films: received sealed, measured, made playable.

Four rooms more than usual: `cli` (what the command line asks), `intake` (how bytes become a film;
actions, but with the store beside the database), `scrub` (whether the store still holds what the rows
say; the store knows no rows, and the doctor asks it too) and `tus` (the upload protocol over HTTP; an
`api` of its own because it is a foreign standard).
"""
