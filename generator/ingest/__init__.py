"""Reading: documents → registers. The other half of Duixian never imports this one."""

from generator.ingest.documents import find_sidecars
from generator.ingest.explain import STAGES, explain
from generator.ingest.papers import Desk, Papers
from generator.ingest.programmes import ingest_document, read_document, read_papers
from generator.ingest.sidecars import list_unsaid, new_sidecar
from generator.ingest.source_text import read_source_texts

__all__ = [
    "STAGES",
    "Desk",
    "Papers",
    "explain",
    "find_sidecars",
    "ingest_document",
    "list_unsaid",
    "new_sidecar",
    "read_document",
    "read_papers",
    "read_source_texts",
]
