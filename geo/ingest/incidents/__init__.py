"""From the updates of a live blog to candidates for incidents: by rules that can be seen, each with the words that say so."""

from geo.ingest.incidents.candidate import Candidate, Dating, Link, Reading, Span, Telling
from geo.ingest.incidents.features import as_feature, collection_of
from geo.ingest.incidents.reading import candidates, read_incidents

__all__ = ["Candidate", "Dating", "Link", "Reading", "Span", "Telling", "as_feature", "candidates", "collection_of", "read_incidents"]
