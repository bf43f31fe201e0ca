"""Changes to governing documents and what happens around them."""
