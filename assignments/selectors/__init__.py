"""What pages, exports and documents show of assignments."""
