"""What ideas and survey answers have in common: a text with versions, two states, a receipt.

Ideas and surveys stand above and know nothing of each other; moderation, themes and
candidates work on contributions, whichever they are.
"""
