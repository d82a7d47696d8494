"""Who works here and who signs in: persons, sign-in, sessions.

One room of its own: `cookies` is the browser's side of a session, used by the app and the room.
"""
