"""What a parent may see at home, and what they say back."""
