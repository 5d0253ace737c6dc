"""How well personal data is found in text, and how often what is found is none."""
