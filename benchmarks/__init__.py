"""Synthetic exports and the measurements made with them."""
