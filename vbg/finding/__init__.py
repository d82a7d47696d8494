"""Finding moments over all films that the viewer may see, and playing them as one reel."""
