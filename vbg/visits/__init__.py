"""Appointments with a family: film, watch together, round off. The counselor's own calendar, never a number."""
