"""The sections of the funding pack, 0 to 12, in their order."""
