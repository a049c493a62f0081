"""The indicators computed a second way, in plain Python, from the words of the definitions alone."""
