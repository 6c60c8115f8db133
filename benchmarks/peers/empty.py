"""A Streamlit page with nothing on it but a button that causes a rerun, and the number of runs so far: what Streamlit itself costs."""

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.title("An empty page")
st.button("Rerun")
with st.container(key="runs_shown"):
    st.write(f"Runs: {st.session_state['runs']}")
