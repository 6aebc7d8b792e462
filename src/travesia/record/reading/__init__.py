"""Reading: from the text of a document to names, dates, quantities, and the records they support."""
