#!/usr/bin/env python3
"""tools/messages.py on small tables: good ones become C, each bad one is refused, saying where."""
import os
import subprocess
import sys
import tempfile
import unittest

MESSAGES = os.path.join(os.path.dirname(__file__), "..", "..", "tools", "messages.py")
GOOD_EN = 'msgid "pin"\nmsgstr "Write {count} digits"\n\nmsgid "paper"\nmsgstr "Paper"\n'
GOOD_HI = 'msgid "pin"\nmsgstr "{count} अंक लिखिए"\n\nmsgid "paper"\nmsgstr "कागज़"\n'

BAD = {
    "there twice": (GOOD_EN, GOOD_HI + 'msgid "pin"\nmsgstr "{count}"\n'),
    "a second msgstr of paper": (GOOD_EN, GOOD_HI + 'msgstr "पन्ना"\n'),
    "missing in": (GOOD_EN, GOOD_HI + 'msgid "more"\nmsgstr "और"\n'),
    "has no text": (GOOD_EN, GOOD_HI + 'msgid "more"\nmsgstr ""\n'),
    "placeholders differ": (GOOD_EN, GOOD_HI.replace("{count}", "{many}")),
    "without a dot below": (GOOD_EN, GOOD_HI.replace("कागज़", "का\u0917\u093cज़")),
    "write क, ख, ग": (GOOD_EN, GOOD_HI.replace("कागज़", "का\u095aज़")),
    "no lower_snake key": (GOOD_EN + 'msgid "More"\nmsgstr "x"\n', GOOD_HI),
}


def messages(english, hindi):
    """Exit code, what it said, and the C that it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("m.h", "m.c", "hi.po", "en.po")]
        for path, content in zip(paths[2:], (hindi, english)):
            with open(path, "w", encoding="utf-8") as out:
                out.write(content)
        done = subprocess.run([sys.executable, MESSAGES, *paths], capture_output=True, text=True,
                              check=False)
        written = ""
        if os.path.exists(paths[1]):
            with open(paths[1], encoding="utf-8") as made:
                written = made.read()
        return done.returncode, done.stderr, written


class Messages(unittest.TestCase):
    def test_good(self):
        code, said, written = messages(GOOD_EN, GOOD_HI)
        self.assertEqual((code, said), (0, ""))
        self.assertIn("Write {count} digits", written)

    def test_bad(self):
        for expected, (english, hindi) in BAD.items():
            with self.subTest(expected):
                code, said, _ = messages(english, hindi)
                self.assertNotEqual(code, 0)
                self.assertIn(expected, said)


if __name__ == "__main__":
    unittest.main()
