"""What a parent may see at home, and what they say back.

`readers` says by name who sees a thing now. It stands here because it asks every feature below, and is no room of
queries: the portal reads through those alone.
"""
