"""Parses a message and checks it with its schema: the peer of bench_iwmo.rs in lxml.

Arguments: schema, file, how many times, how many rounds. Prints the processor
seconds of the best round.
"""

import sys
import time

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
with open(sys.argv[2], "rb") as file:
    data = file.read()
copies, rounds = int(sys.argv[3]), int(sys.argv[4])
parser = etree.XMLParser(huge_tree=True)
best = float("inf")
for _ in range(rounds):
    start = time.process_time()
    for _ in range(copies):
        document = etree.fromstring(data, parser)
        if not schema.validate(document):
            sys.exit(f"lxml keurt af: {schema.error_log.last_error}")
    best = min(best, time.process_time() - start)
print(best)
