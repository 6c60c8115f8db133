"""A running live blog: got from a file, a page, an address or a feed, and cut into its dated updates."""
