"""The apps that Dateline is measured beside; each is run by `streamlit run`."""
