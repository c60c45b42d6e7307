"""Files in and out: one module per format, chosen by extension and content. No SQL, no Qt, no spaCy."""

from annotator.formats.base import Exporter, Importer, Record, split_author
from annotator.formats.reading import read_files
from annotator.formats.report import FileReport, Finding, NotRead, Report, visible
from annotator.formats.structure import recognise
from annotator.formats.writing import NotWritten, Written, write_jsonl, write_records

__all__ = [
    "Exporter",
    "FileReport",
    "Finding",
    "Importer",
    "NotRead",
    "NotWritten",
    "Record",
    "Report",
    "Written",
    "read_files",
    "recognise",
    "split_author",
    "visible",
    "write_jsonl",
    "write_records",
]
