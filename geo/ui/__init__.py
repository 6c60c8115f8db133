"""The Streamlit side of Dateline: state, frame and the components of the page."""
