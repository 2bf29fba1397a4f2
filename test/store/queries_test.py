"""What tools/queries.py refuses, and what it makes. usage: queries_test.py QUERIES.PY"""
import os
import subprocess
import sys
import tempfile
import unittest

TOOL = sys.argv.pop(1)


class Queries(unittest.TestCase):
    def make(self, **files):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, text in files.items():
                paths.append(os.path.join(folder, name.replace("__", ".") + ".sql"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write(text)
            out = [os.path.join(folder, name) for name in ("q.h", "q.c")]
            done = subprocess.run([sys.executable, TOOL, *out, *paths], capture_output=True,
                                  text=True)
            if done.returncode:
                return None, done.stderr
            with open(out[0], encoding="utf-8") as h, open(out[1], encoding="utf-8") as c:
                return h.read(), c.read()

    def refused(self, sentence, **files):
        made, error = self.make(**files)
        self.assertIsNone(made)
        self.assertIn(sentence, error)

    def test_makes_names_and_texts(self):
        h, c = self.make(unit="-- name: unit_one\n-- its contract\nSELECT \"a\"\n  FROM unit;\n")
        self.assertIn("Q_UNIT_ONE,", h)
        self.assertIn('"SELECT \\"a\\" FROM unit"', c)
        self.assertNotIn("contract", c)

    def test_twins(self):
        _, c = self.make(a__sqlite="-- name: x\nSELECT 1;", a__postgres="-- name: x\nSELECT 2;")
        self.assertIn('"SELECT 1",\n        "SELECT 2"', c)

    def test_refuses_doubles(self):
        self.refused("there twice", a="-- name: x\nSELECT 1;\n-- name: x\nSELECT 2;")
        self.refused("there twice", a="-- name: x\nSELECT 1;", b__sqlite="-- name: x\nSELECT 2;")

    def test_refuses_what_has_no_name(self):
        self.refused("before the first", a="SELECT 1;")

    def test_refuses_a_lone_twin(self):
        self.refused("twin is missing", a__sqlite="-- name: x\nSELECT 1;")

    def test_refuses_an_empty_statement(self):
        self.refused("has no SQL", a="-- name: x\n-- name: y\nSELECT 1;")

    def test_refuses_a_comment_behind_sql(self):
        self.refused("line of its own", a="-- name: x\nSELECT 1 -- why\nFROM unit;")

    def test_refuses_two_statements_under_a_name(self):
        self.refused("more than one statement", a="-- name: x\nSELECT 1;\nSELECT 2;")

    def test_refuses_names_that_are_no_words(self):
        self.refused("name", a="-- name: Unit One\nSELECT 1;")


unittest.main()
