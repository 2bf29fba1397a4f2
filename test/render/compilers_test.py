#!/usr/bin/env python3
"""What the compilers of sentences and templates must refuse, and that they say where.

usage: compilers_test.py TOOLS_FOLDER
"""
import os
import subprocess
import sys
import tempfile

tools = sys.argv[1]
HI = 'msgid "greeting"\nmsgstr "नमस्ते {name}"\n\nmsgid "bye"\nmsgstr "फिर मिलेंगे"\n'
EN = 'msgid "greeting"\nmsgstr "Hello {name}"\n\nmsgid "bye"\nmsgstr "See you"\n'
failures = []


def run(templates, hi=HI, en=EN):
    """Exit codes and words of both compilers."""
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "templates")
        os.mkdir(folder)
        files = {"hi.po": hi, "en.po": en}
        files |= {f"templates/{name}.html": text for name, text in templates.items()}
        for name, text in files.items():
            with open(os.path.join(top, name), "w", encoding="utf-8") as file:
                file.write(text)
        po = [os.path.join(top, "hi.po"), os.path.join(top, "en.po")]
        out = [os.path.join(top, name) for name in ("out.h", "out.c", "out.d")]
        said = []
        for tool, args in (("messages.py", [out[0], out[1], *po]),
                           ("templates.py", [out[1], out[2], *po, folder])):
            done = subprocess.run([sys.executable, os.path.join(tools, tool), *args],
                                  capture_output=True, text=True, check=False)
            said.append((done.returncode, done.stderr))
        return said


def refused(what, words, tool, **given):
    code, said = run(given.pop("templates", {"page": "{{_bye}}"}), **given)[tool]
    if code == 0 or words not in said:
        failures.append(f"{what}: exit {code}, said {said!r}")


MESSAGES, TEMPLATES = 0, 1

good = run({"page": "{{#a}}<p>{{b}}{{_greeting name=b.c}}</p>{{>part}}{{/a}}", "part": "{{{x}}}"})
if [code for code, _ in good] != [0, 0]:
    failures.append(f"a good folder: {good}")

refused("a key twice", "twice", MESSAGES, en=EN + 'msgid "bye"\nmsgstr "again"\n')
refused("a key in one language", "missing", MESSAGES, en=EN + 'msgid "more"\nmsgstr "More"\n')
refused("other placeholders", "placeholders differ", MESSAGES, hi=HI.replace("{name}", "{naam}"))
refused("an empty sentence", "no text", MESSAGES, en=EN.replace("See you", ""))
refused("a key that is none", "lower_snake", MESSAGES, en=EN + 'msgid "Not Ok"\nmsgstr "x"\n')
for about, template, words in (
    ("an open section", "{{#a}}x", "not closed"),
    ("crossed sections", "{{#a}}{{#b}}{{/a}}{{/b}}", "closes what is not open"),
    ("a missing template", "{{>nowhere}}", "not there"),
    ("a circle", "{{>page}}", "one another"),
    ("a missing message", "{{_hello}}", "not in po"),
    ("a missing argument", "{{_greeting}}", "wants"),
    ("an argument too many", "{{_bye name=a}}", "wants"),
    ("a name that is none", "{{a b}}", "no name"),
    ("a style attribute", '<p style="x">', "style attribute"),
    ("an inline script", "<script>x</script>", "inline script"),
    ("an event attribute", '<p onclick="x">', "event attribute"),
    ("an attribute without quotes", "<p class={{a}}>", "without quotes"),
):
    refused(about, words, TEMPLATES, templates={"page": template})

print("\n".join(failures) or "compilers refuse what they must")
sys.exit(bool(failures))
