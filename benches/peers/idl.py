#!/usr/bin/python3
"""Follows a database with the Python IDL, as `ovn-bench work follow` does with ours.

usage: idl.py ENDPOINT SCHEMA DATABASE [all|columns|condition]

Says `synced` when all rows are here and answers words on standard input: `marker`, `digest`.
"""

import hashlib
import json
import select
import sys

import ovs.db.idl
import ovs.poller

PORTS = "Logical_Switch_Port"


def digest(idl, database):
    rows, total = 0, 0
    for name, table in sorted(idl.tables.items()):
        columns = sorted(table.columns)
        for uuid, row in table.rows.items():
            values = {column: row._data[column].to_json() for column in columns}
            text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
            text = "%s\t%s\t%s" % (name, uuid, text)
            total += int.from_bytes(hashlib.sha1(text.encode()).digest()[:16], "big")
            rows += 1
    return "%d %032x" % (rows, total % (1 << 128))


def marker(idl):
    for row in idl.tables["NB_Global"].rows.values():
        return row.external_ids.get("marker", "")
    return ""


def main():
    endpoint, schema, database = sys.argv[1:4]
    chosen = sys.argv[4] if len(sys.argv) > 4 else "all"
    helper = ovs.db.idl.SchemaHelper(schema)
    if chosen == "all":
        helper.register_all()
    elif chosen == "columns":
        helper.register_columns(PORTS, ["addresses", "name"])
    else:
        helper.register_table(PORTS)
    idl = ovs.db.idl.Idl(endpoint, helper, leader_only=False)
    if chosen == "condition":
        idl.cond_change(PORTS, [["type", "==", "router"]])
    seen = idl.change_seqno
    synced = False
    text = b""
    while True:
        idl.run()
        if not synced and idl.change_seqno != seen and idl.has_ever_connected():
            synced = True
            print("synced", flush=True)
        poller = ovs.poller.Poller()
        if synced:
            poller.fd_wait(sys.stdin.fileno(), select.POLLIN)
        idl.wait(poller)
        poller.block()
        if synced and select.select([sys.stdin.fileno()], [], [], 0)[0]:
            line = sys.stdin.buffer.raw.readline()
            if not line:
                return
            idl.run()
            word = line.decode().strip()
            answer = digest(idl, database) if word == "digest" else marker(idl)
            print(answer, flush=True)


if __name__ == "__main__":
    main()
