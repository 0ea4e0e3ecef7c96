"""The stored things of deliveries."""
