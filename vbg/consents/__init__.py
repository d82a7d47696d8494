"""Who allowed what, for whom, until when."""
