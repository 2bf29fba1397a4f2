#!/usr/bin/env python3
"""tools/tidy on small trees: each bad sample must be found where it is, the good tree must pass."""
import os
import subprocess
import sys
import tempfile
import unittest

TIDY = os.path.join(os.path.dirname(__file__), "..", "..", "tools", "tidy")

GOOD = {
    "src/base/text.h": "/* Text. */\n#include <stddef.h>\nint text_len(const char *t);\n",
    "src/domain/member.h": "/* Members. */\n#include \"base/text.h\"\n"
                           "#include \"crypto/number.h\"\n"
                           "typedef struct Member { int serial; } Member;\n"
                           "const char *member_name(const Member *m);\n"
                           "extern const int member_kinds[];\n",
    "src/domain/member.c": "/* Members. */\n#include \"domain/member.h\"\n"
                           "#include \"store/query.h\"\n"
                           "Status member_look(Ctx *ctx) {\n"
                           "    return fail(ctx, INVALID, \"pin\", a(1, 2) ? \"pin_digits\" : "
                           "\"pin_unknown\");\n}\n",
    "src/web/http_server.c": "/* The server. */\n#include <microhttpd.h>\n",
    "src/cli/commands.c": "/* Verbs. */\nstatic const char *const names[] = {\"init\"};\n",
    "src/store/store.c": "/* Store. */\n#include <sqlite3.h>\nvoid f(void *p) { free(p); }\n",
    "queries/member.sql": "-- Members.\n-- name: x\nSELECT 1;\n",
    "templates/join.html": "<p>{{_join_title who=name}}</p>\n",
    "po/en.po": "msgid \"\"\nmsgstr \"\"\n\n"
                "msgid \"pin_digits\"\nmsgstr \"Write {count} digits\"\n\n"
                "msgid \"pin_unknown\"\nmsgstr \"No such PIN\"\n\n"
                "msgid \"join_title\"\nmsgstr \"Join, {who}\"\n",
    "po/hi.po": "msgid \"\"\nmsgstr \"\"\n\nmsgid \"pin_digits\"\nmsgstr \"{count} अंक लिखें\"\n\n"
                "msgid \"pin_unknown\"\nmsgstr \"ऐसा पिन नहीं है\"\n\n"
                "msgid \"join_title\"\nmsgstr \"{who}, जुड़ें\"\n",
    "script/run": "#!/bin/bash\n# Runs it.\n",
    "README.md": "# It\nRun `script/run`, or `sangathan init`. See [it](src/web/http_server.c).\n",
}


def tidy(changes):
    """The exit code and the lines that tools/tidy prints about GOOD with these changes."""
    with tempfile.TemporaryDirectory() as root:
        for path, content in {**GOOD, **changes}.items():
            if content is None:
                continue
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        done = subprocess.run([sys.executable, TIDY, "--root", root], capture_output=True,
                              text=True, check=False)
        return done.returncode, done.stdout.splitlines()


BAD = [
    # what is wrong, path, its content, what must be said
    ("a rule that knows HTTP", "src/domain/x.c", "/* x */\n#include \"web/route.h\"\n",
     "src/domain/x.c:2: domain may not include web/route.h"),
    ("a page that knows queries", "src/web/x.c", "/* x */\n#include \"store/query.h\"\n",
     "src/web/x.c:2: web may not include store/query.h"),
    ("a generated header of another layer", "src/web/x.c", "/* x */\n#include \"queries.gen.h\"\n",
     "src/web/x.c:2: queries come by store/query.h"),
    ("an include without its layer", "src/web/x.c", "/* x */\n#include \"route.h\"\n",
     "src/web/x.c:2: write \"web/route.h\", from src/"),
    ("a layer nobody knows", "src/util/x.c", "/* x */\n#include \"base/text.h\"\n",
     "src/util/x.c:2: no such layer in the law of includes: util"),
    ("HTTP library elsewhere", "src/web/x.c", "/* x */\n#include <microhttpd.h>\n",
     "src/web/x.c:2: <microhttpd.h> is only for src/web/http_server.c"),
    ("SQLite in the domain", "src/domain/x.c", "/* x */\n#include <sqlite3.h>\n",
     "src/domain/x.c:2: <sqlite3.h> is only for"),
    ("a long file", "src/web/x.c", "/* x */\n" + "int a;\n" * 600,
     "src/web/x.c:601: 601 lines; at most 600"),
    ("a long header", "src/web/x.h", "/* x */\n" + "\n" * 150, "src/web/x.h:151: 151 lines"),
    ("a long line", "src/web/x.c", "/* x */\n/* " + "क" * 98 + " */\n",
     "src/web/x.c:2: 104 columns"),
    ("a long function", "src/web/x.c",
     "/* x */\nstatic int f(int a,\n             int b) {\n" + "    a++;\n" * 68 + "}\n",
     "src/web/x.c:2: a function of 71 lines"),
    ("free above the store", "src/web/x.c", "/* free(x) */\nvoid f(void *p) { free(p); }\n",
     "src/web/x.c:2: free() is for"),
    ("exit in the domain", "src/domain/x.c", "/* x */\nvoid f(void) { exit(1); }\n",
     "src/domain/x.c:2: exit() is for base"),
    ("the time of day", "src/domain/x.c", "/* x */\nlong f(void) { return time(0); }\n",
     "src/domain/x.c:2: time() is for base"),
    ("a name without its stem", "src/domain/x.h", "/* x */\nint x_one(void);\nint other(int a);\n",
     "src/domain/x.h:3: other should begin with x_"),
    ("the same behind a struct and an attribute", "src/domain/x.h",
     "/* x */\nstruct A { int a; };\nstruct A *other_a(int b) __attribute__((pure));\n",
     "src/domain/x.h:3: other_a should begin with x_"),
    ("a table without its stem", "src/domain/x.h", "/* x */\nextern const int other_table[3];\n",
     "src/domain/x.h:2: other_table should begin with x_"),
    ("a key that is nowhere", "src/domain/x.c",
     "/* x */\nint f(void) {\n    return fail(ctx, INVALID, g(1, \",\"), \"no_such\");\n}\n",
     "src/domain/x.c:3: no_such is in neither po file"),
    ("the same in a template", "templates/x.html", "<p>{{_no_such}}</p>\n",
     "templates/x.html:1: no_such is in neither po file"),
    ("a key in one language", "po/hi.po", GOOD["po/hi.po"].split("msgid \"join")[0],
     "po/hi.po:1: join_title is missing"),
    ("an empty sentence", "po/hi.po", GOOD["po/hi.po"].replace("ऐसा पिन नहीं है", ""),
     "po/hi.po:7: pin_unknown is empty"),
    ("other places", "po/hi.po", GOOD["po/hi.po"].replace("{count}", "{n}"),
     "po/hi.po:4: pin_digits: other {places} than in English"),
    ("a key twice", "po/en.po", GOOD["po/en.po"] + "\nmsgid \"pin_digits\"\nmsgstr \"{count}\"\n",
     "pin_digits is there twice"),
    ("a sentence nobody says", "templates/join.html", "<p></p>\n",
     "po/en.po:10: join_title is used nowhere"),
    ("SQL in a page", "src/web/x.c", "/* x */\nconst char *q = \"SELECT name FROM member\";\n",
     "src/web/x.c:2: SQL belongs into queries/"),
    ("a tab", "src/web/x.c", "/* x */\n\tint a;\n", "src/web/x.c:2: a tab"),
    ("trailing space", "src/web/x.c", "/* x */\nint a; \n", "src/web/x.c:2: white space"),
    ("no end of line", "src/web/x.c", "/* x */\nint a;", "src/web/x.c:2: no line end"),
    ("no head", "src/web/x.c", "int a;\n", "src/web/x.c:1: begins without a comment"),
    ("a script without head", "script/x", "#!/bin/bash\nexit 0\n",
     "script/x:1: begins without a comment"),
    ("not UTF-8", "src/web/x.css", b"/* \xff */\n", "src/web/x.css:1: is not UTF-8"),
    ("a home", "README.md", "see /ho" + "me/me/x\n", "README.md:1: a path or host"),
    ("a registry", "test/package-lock.json", "\"https://regis" + "try.example.org/x\"\n",
     "test/package-lock.json:1: a path or host"),
    ("a verb that is not", "README.md", "`sangathan fly`\n", "README.md:1: no such verb: fly"),
    ("a script that is not", "README.md", "Run script/fly\n",
     "README.md:1: no such file: script/fly"),
    ("a link to nowhere", "README.md", "[x](docs/x.md)\n", "README.md:1: leads nowhere: docs/x.md"),
]


class TidyTest(unittest.TestCase):
    def test_good_tree_passes(self):
        code, lines = tidy({})
        self.assertEqual((code, lines), (0, [f"{len(GOOD)} files, 0 faults"]))

    def test_each_bad_sample_is_caught(self):
        for name, path, content, expected in BAD:
            with self.subTest(name):
                code, lines = tidy({path: content})
                self.assertEqual(code, 1)
                self.assertTrue(any(expected in line for line in lines),
                                f"{expected!r} is not in {lines}")
                strange = [line for line in lines[:-1] if expected not in line]
                self.assertLessEqual(len(strange), 1, strange)

    def test_wrong_use(self):
        done = subprocess.run([sys.executable, TIDY, "--what"], capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
