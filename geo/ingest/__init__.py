"""What others wrote, data sets and live blogs, read as events of ours."""
