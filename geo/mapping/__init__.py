"""The Folium map: its elements and their scripts."""
