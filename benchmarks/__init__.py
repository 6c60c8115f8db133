"""What Dateline costs, measured in one run beside a plain folium and slider app and an empty Streamlit page."""
