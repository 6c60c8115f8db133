"""Places in a text, explained: a gazetteer that works offline, what is said of a place in words, and where that is."""
