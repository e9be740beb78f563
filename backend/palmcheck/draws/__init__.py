"""The draw of targets and inspectors, which anyone can recompute ("palmcheck/draw/v1", R4, R5).

Pure, without clock, I/O and database, in the order in which a draw uses them:

- `quotas`: how many targets of each stratum (R6, R7);
- `leaves`: the pools and the receipt as salted leaves under a Merkle root;
- `entropy`: the key K from the secrets, the optional public value B, the framing of every keyed message;
- `selection`: which targets, and the reserve in fixed order;
- `matching`: who visits them, and where inspectors are short (R3, R21);
- `vectors`: shared cases for every implementation, in schemas/vectors/draw.json.

Conventions of every byte layout: hashes are raw 32 bytes here and lower-case hex in JSON, texts are UTF-8, ids are
the 16 bytes of the UUID, text codes and hashes sort by their bytes. `||` joins bytes.
"""
