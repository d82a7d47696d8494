"""A family's own films: received sealed, measured, made playable.

Six rooms more than usual: `cli` (what the command line asks), `intake` (how bytes become a film;
actions, but with the store beside the database), `scrub` (whether the store still holds what the rows
say; the store knows no rows, and the doctor asks it too), `sweep` (what the worker finds left undone; it asks for
jobs and does none), `tus` (the upload protocol over HTTP; an `api` of its own because it is a foreign
standard) and `words` (the situations as sentences of the edge, which two features choose from).
"""
