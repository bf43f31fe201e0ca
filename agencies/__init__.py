"""Who exists, who steers whom, and who may what."""
