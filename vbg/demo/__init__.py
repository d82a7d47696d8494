"""The demo practice: drawn families, drawn films and the practice around them; no real person anywhere."""
