"""Shape checks on what people type about governing documents; rules live in actions."""
