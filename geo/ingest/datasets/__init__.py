"""The field's files, UCDP GED, ACLED, GeoJSON and CSV, read as events of ours (docs/import.md)."""

from geo.ingest.datasets.formats import FORMATS, LICENCES
from geo.ingest.datasets.mapping import COLUMN_FIELDS, Mapping
from geo.ingest.datasets.opening import Limits
from geo.ingest.datasets.reading import preview, read_batches, read_dataset
from geo.ingest.datasets.report import RowProblem, report_csv, report_json, rows_set_aside
from geo.ingest.datasets.results import Dataset, Format, Preview

__all__ = [
    "COLUMN_FIELDS",
    "FORMATS",
    "LICENCES",
    "Dataset",
    "Format",
    "Limits",
    "Mapping",
    "Preview",
    "RowProblem",
    "preview",
    "read_batches",
    "read_dataset",
    "report_csv",
    "report_json",
    "rows_set_aside",
]
