#!/usr/bin/env python3
"""Makes Metadata/Model/model.json and Catalog/Model/annotations.json from DataHub's model as data.

    eng/update-model.py [--check] [FOLDER]

FOLDER holds registry.json, aspects.json, searchable.json and relationships.json; the default is ../shared/models beside the
checkout. --check writes nothing and ends with 1 when a file would change. Output: one entry a line, so that a new version of
the model reads as a diff.

model.json. Fields of a record: name -> type; "name?" is optional, "name=" has a default. Types are names, {"array": T},
{"map": T}, {"union": [T, ...]}. A name that is neither a primitive nor a record nor an enum stands for a value that is not
described.

annotations.json. Of each aspect its annotated paths; in /a/*/b the star is an item of an array or a value of a map. What is
false or not set is left out, so are a boost of 1, the direction upstream and the annotations of timeseries aspects, which
have an index of their own.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("registry.json", "aspects.json", "searchable.json", "relationships.json")
# Attribute of a search annotation -> its name in annotations.json.
SEARCH_ATTRIBUTES = {
    "fieldName": "field",
    "fieldType": "type",
    "queryByDefault": "query",
    "boostScore": "boost",
    "valueType": "value",
    "enableAutocomplete": "complete",
    "addToFilters": "filter",
    "filterNameOverride": "label",
    "hasValuesFieldName": "has",
    "numValuesFieldName": "count",
    "fieldNameAliases": "aliases",
    "weightsPerFieldValue": "weights",
}


def field_name(field):
    if field.get("optional"):
        return field["name"] + "?"
    return field["name"] + ("=" if "default" in field else "")


def model_sections(registry, model):
    yield "entities", {
        name: {"key": entity["keyAspect"], "aspects": entity["aspects"]} for name, entity in registry["entities"].items()
    }
    yield "aspects", {
        name: {"record": aspect["record"], **({"timeseries": True} if aspect.get("timeseries") else {})}
        for name, aspect in model["aspects"].items()
    }
    yield "records", {
        name: {field_name(field): field["type"] for field in fields} for name, fields in model["records"].items()
    }
    yield "enums", {
        name: symbols if isinstance(symbols, list) else symbols["symbols"] for name, symbols in model["enums"].items()
    }


def search_annotation(annotation):
    named = {name: annotation.get(attribute) for attribute, name in SEARCH_ATTRIBUTES.items()}
    if named["boost"] == 1:
        del named["boost"]
    if named["value"] != "map":
        del named["value"]
    return {name: value for name, value in named.items() if value}


def relationship_annotation(annotation):
    return {
        "name": annotation["name"],
        "to": annotation["entityTypes"],
        **({"lineage": True} if annotation["isLineage"] else {}),
        **({} if annotation["isUpstream"] else {"downstream": True}),
    }


def annotation_sections(registry, model, searchable, relationships):
    yield "entities", {
        name: {
            "key": entity["keyFields"],
            **({"group": entity["searchGroup"]} if "searchGroup" in entity else {}),
            **({"category": entity["category"]} if "category" in entity else {}),
        }
        for name, entity in registry["entities"].items()
    }
    for section, annotations, convert in (
        ("search", searchable, search_annotation),
        ("relationships", relationships, relationship_annotation),
    ):
        yield section, {
            aspect: {path: convert(annotation) for path, annotation in paths.items()}
            for aspect, paths in annotations["aspects"].items()
            if paths and not model["aspects"][aspect].get("timeseries")
        }


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def render(version, sections):
    lines = [f'"version":{compact(version)}']
    for section, entries in sections:
        body = ",\n".join(f"{compact(name)}:{compact(entry)}" for name, entry in sorted(entries.items()))
        lines.append(f"{compact(section)}:{{\n{body}\n}}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def outputs(registry, model, searchable, relationships):
    yield ROOT / "Metadata" / "Model" / "model.json", render(model["version"], model_sections(registry, model))
    yield ROOT / "Catalog" / "Model" / "annotations.json", render(
        searchable["version"], annotation_sections(registry, model, searchable, relationships)
    )


def main(arguments):
    check = "--check" in arguments
    folders = [argument for argument in arguments if argument != "--check"]
    source = Path(folders[0]) if folders else ROOT.parent / "shared" / "models"
    try:
        inputs = [json.loads((source / name).read_text("utf-8")) for name in FILES]
    except OSError as fault:
        sys.exit(f"{fault.filename}: {fault.strerror}. Name the folder that holds {', '.join(FILES)}.")
    for target, text in outputs(*inputs):
        if target.exists() and target.read_text("utf-8") == text:
            continue
        if check:
            sys.exit(f"{target.relative_to(ROOT)} is not what the model says; run eng/update-model.py.")
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")
        print(f"wrote {target.relative_to(ROOT)}, {len(text)} bytes, model of {inputs[1]['version']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
