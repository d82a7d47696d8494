"""What the counselor thinks may be so, and the moments for and against it: working notes, in no parent's view."""
