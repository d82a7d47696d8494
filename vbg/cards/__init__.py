"""Cards to give: phases, the three S, things to do together, and the practice's own. No family is in them.

The words of the house's cards are data, in `texts`: each text by language, another language is a key beside the others.
"""
