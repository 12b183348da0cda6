"""The tables of a data set as Croissant 1.0 (MLCommons) describes them: files, records, fields, keys.

Which column refers to which table is said in words. There is ``references`` for it, but mlcroissant 1.1, which reads
the format, makes joins of them: of tables that refer to several others, as ours do, rows are lost, or it fails.
"""

from __future__ import annotations

from typing import Any

from generator.metadata.addresses import to_url, web_address
from generator.metadata.described import DescribedCatalogue, DescribedDataset
from generator.metadata.files import DescribedFile
from generator.metadata.texts import render_json
from generator.schemas import Column, ColumnType, TableSchema

Said = dict[str, Any]

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_DATA_TYPES: dict[ColumnType, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_TERMS = (
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
    "format",
    "includes",
    "isLiveDataset",
    "jsonPath",
    "key",
    "md5",
    "parentField",
    "path",
    "recordSet",
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
)
_CONTEXT: Said = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS},
}
"""The context that the specification gives; tools compare with it."""


def render_croissant(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> str:
    """The description of the CSV tables of a data set, in English, as the format is read by programs."""
    tables = [file for file in dataset.files if file.schema and file.kind.label == "CSV"]
    publisher = catalogue.publication.publisher
    said: Said = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": dataset.name,
        "alternateName": [dataset.title.en, dataset.title.zh],
        "description": f"{dataset.description.en}\n\n{dataset.description.zh}",
        "conformsTo": CONFORMS_TO,
        "url": catalogue.dataset_address(dataset),
        "license": [to_url(licence.path) for licence in dataset.licences],
        "version": dataset.version,
        "citeAs": catalogue.citation(dataset),
        "creator": {
            "@type": "sc:Organization",
            "name": publisher.name.en,
            "url": web_address(publisher.url) or catalogue.address(),
        },
        "keywords": list(dataset.keywords.en),
        "inLanguage": ["zh-Hans", "en"],
        "isLiveDataset": True,
        **{name: day.isoformat() for name, day in _days(dataset).items() if day},
        "distribution": [_file_object(catalogue, file) for file in tables],
        "recordSet": [_record_set(file.schema, file.name) for file in tables if file.schema],
    }
    return render_json(said)


def _days(dataset: DescribedDataset) -> Said:
    return {"datePublished": dataset.issued, "dateModified": dataset.modified}


def _file_object(catalogue: DescribedCatalogue, file: DescribedFile) -> Said:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.title.en,
        "contentUrl": catalogue.address(file.file.address),
        "contentSize": f"{file.file.size} B",
        "encodingFormat": file.kind.media_type,
        "sha256": file.file.sha256,
    }


def _record_set(schema: TableSchema, file: str) -> Said:
    keys = [{"@id": f"{schema.name}/{column}"} for column in schema.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": f"{schema.title.en}. {schema.description.en}",
        "key": keys if len(keys) > 1 else keys[0],
        "field": [_field(schema, column, file) for column in schema.columns],
    }


def _field(schema: TableSchema, column: Column, file: str) -> Said:
    return {
        "@type": "cr:Field",
        "@id": f"{schema.name}/{column.name}",
        "name": column.name,
        "description": f"{column.title.en}. {column.description.en}{_reference(schema, column)}",
        "dataType": _DATA_TYPES[column.type],
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }


def _reference(schema: TableSchema, column: Column) -> str:
    """Which field of which table a column refers to, as a sentence."""
    for key in schema.foreign_keys:
        if column.name in key.fields:
            return f" Refers to {key.table}/{key.references[key.fields.index(column.name)]}."
    return ""
