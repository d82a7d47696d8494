"""How one counselor has arranged her labels: her own words, order, keys and times. What a label means stays."""
