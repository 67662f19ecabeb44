#!/usr/bin/python3
"""Inserts and deletes one row again and again with the Python library's JSON-RPC connection.

usage: transact.py ENDPOINT COUNT

Prints the same figures as `ovn-bench work transact`.
"""

import json
import sys
import time

import ovs.jsonrpc
import ovs.stream

NAME = "OVN_Northbound"
IN_FLIGHT = 64


def request(operation):
    return ovs.jsonrpc.Message.create_request("transact", [NAME, operation])


def check(reply):
    for result in reply.result:
        if "error" in result or result.get("count") == 0:
            sys.exit("refused: %s" % reply)


def main():
    endpoint, count = sys.argv[1], int(sys.argv[2])
    error, stream = ovs.stream.Stream.open_block(ovs.stream.Stream.open(endpoint))
    if error:
        sys.exit("cannot connect")
    rpc = ovs.jsonrpc.Connection(stream)
    took = []
    for number in range(count):
        name = "bench-%d" % number
        start = time.perf_counter()
        for operation in (
            {"op": "insert", "table": "Address_Set", "row": {"name": name}},
            {"op": "delete", "table": "Address_Set", "where": [["name", "==", name]]},
        ):
            error, reply = rpc.transact_block(request(operation))
            check(reply)
        took.append((time.perf_counter() - start) * 1e6)
    start = time.perf_counter()
    for number in range(count + IN_FLIGHT):
        if number < count:
            row = {"hv_cfg": number}
            rpc.send(request({"op": "update", "table": "NB_Global", "where": [], "row": row}))
        if number >= IN_FLIGHT:
            error, reply = rpc.recv_block()
            check(reply)
    rate = count / (time.perf_counter() - start)
    took.sort()
    print(json.dumps({
        "p50_us": (took[(count - 1) // 2] + took[count // 2]) / 2,
        "p99_us": took[-(-count * 99 // 100) - 1],
        "pipelined_per_s": rate,
    }))


main()
