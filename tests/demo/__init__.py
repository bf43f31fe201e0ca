"""The demonstration, loaded once for these tests."""
