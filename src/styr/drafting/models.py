"""The stored things of drafting."""
