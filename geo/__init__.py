"""Dateline's core: incidents told in a live blog, their places, dates and claims."""
