"""The HTTP routes that the app serves beside Streamlit's own."""
