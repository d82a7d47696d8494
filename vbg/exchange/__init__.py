"""Moments in files that others can read: one module per format, a reader and a writer; `arrival` takes them in."""
