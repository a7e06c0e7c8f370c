# SPDX-License-Identifier: Apache-2.0
"""validate.py SCHEMA DOCUMENT...: exit 0 where all fit, else the first misfits by place."""
import json
import sys

import jsonschema


def refuse_duplicates(pairs):
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice: %s" % [k for k in keys if keys.count(k) > 1][0])
    return dict(pairs)


schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
bad = 0
for name in sys.argv[2:]:
    document = json.load(open(name, encoding="utf-8"), object_pairs_hook=refuse_duplicates,
                         parse_constant=lambda c: sys.exit("%s: %s is no JSON" % (name, c)))
    for error in list(validator.iter_errors(document))[:10]:
        print("%s: at %s: %s" % (name, "/".join(map(str, error.absolute_path)),
                                 error.message[:300]), file=sys.stderr)
        bad += 1
sys.exit(1 if bad else 0)
