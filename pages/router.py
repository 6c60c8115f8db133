"""Every request starts here: the frame around the pages, and the way to them."""

from geo.ui import frame

frame.run_pages()
