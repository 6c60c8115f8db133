"""The HTTP routes that the app serves beside Streamlit's own."""

from geo.api.routes import routes
from geo.api.security import middleware

__all__ = ["middleware", "routes"]
