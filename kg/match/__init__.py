"""One pass over a text: words, names, quotations, figures become mentions."""
