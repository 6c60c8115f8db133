"""The field's files, UCDP GED, ACLED, GeoJSON and CSV, read as events of ours (docs/import.md)."""

from geo.ingest.datasets.mapping import COLUMN_FIELDS, Mapping
from geo.ingest.datasets.opening import Limits
from geo.ingest.datasets.reading import FORMATS, LICENCES, Dataset, Format, Preview, preview, read_dataset
from geo.ingest.datasets.report import RowProblem, report_csv, report_json, rows_set_aside

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
    "read_dataset",
    "report_csv",
    "report_json",
    "rows_set_aside",
]
