"""Samen kijken: chosen moments in order, what was said, what comes next.

One room of its own: `words` is the bank of prompts, sentences of the edge.
"""
