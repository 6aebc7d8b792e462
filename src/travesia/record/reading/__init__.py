"""Reading: from the text of a document to names, dates, quantities, and the records they support.

`nouns` is what every other part of the room shares; `reader` is the main path.
"""
