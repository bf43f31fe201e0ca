"""What drafting knows without touching the database's rows: values, rules, words, merging and rich text."""
