#!/usr/bin/env python3
"""Turns a list of polling booths of one state, as the Election Commission numbers them, into the
CSV that `sangathan unit import` reads.

The list has the columns ac_no,part_no,part_name (others are passed over), plain or .gz: the form in
which DataMeet collected the booths of Uttar Pradesh of 2014. Names in capital letters are written
as names; white space is collapsed.

usage: booths.py STATE BOOTHS.csv[.gz] > booths-import.csv      (STATE: UP, BR, …)
"""
import csv
import gzip
import sys


def main(state, path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["code", "kind", "parent", "name_en", "name_hi", "reference"])
        for row in csv.DictReader(file):
            ac, part = int(row["ac_no"]), row["part_no"].strip().upper()
            name = " ".join(row["part_name"].split()) or f"Booth {part}"
            if name.isupper():
                name = name.title()
            while len(name.encode()) > 200:
                name = name[:-1]
            out.writerow([f"{state}-AC{ac}-B{part}", "booth", f"{state}-AC{ac}", name.strip(), "",
                          part])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    main(sys.argv[1], sys.argv[2])
