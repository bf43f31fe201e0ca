"""What every API view has in common: errors as problem+json, keyset pages, tokens, strict parameters."""
