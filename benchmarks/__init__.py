"""Measurements: ratios against a stated lower bound in the same run. Nothing here is asserted in tests."""
