#!/usr/bin/env python3
"""Compiles templates/*.html into op tables (src/render/template.h says what templates are).

Fails when a section is not closed by its own name, a template or message is not there, a message's
{placeholders} and the arguments differ, templates include one another in a circle, or a page does
what the Content-Security-Policy forbids: style attributes, inline scripts, event attributes.
White space at the start of lines and lines with only a tag of a section leave no trace.

usage: templates.py OUT.c DEPFILE HI.po EN.po FOLDER
"""
import os
import re
import sys

sys.dont_write_bytecode = True  # nothing is left in the source tree
sys.path.insert(0, os.path.dirname(__file__))
from messages import c_text, placeholders, read  # noqa: E402

TAG = re.compile(r"\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{([#^/>_!]?)\s*(.*?)\s*\}\}", re.S)
NAME = re.compile(r"\.|\w+(\.\w+){0,2}")
FORBIDDEN = [
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "style attribute"),
    (re.compile(r"<style", re.I), "inline style sheet"),
    (re.compile(r"<script(?![^>]*\ssrc=)", re.I), "inline script"),
    (re.compile(r"<[^>]*\son\w+\s*=", re.I), "event attribute"),
    (re.compile(r"\s[\w-]+=\{\{"), "attribute without quotes"),
]


class Compiler:
    def __init__(self, messages, names):
        self.messages, self.names = messages, names
        self.args = []
        self.includes = {}

    def stop(self, path, text, at, why):
        sys.exit(f"{path}:{text.count(chr(10), 0, at) + 1}: {why}")

    def name(self, path, text, at, name):
        if not NAME.fullmatch(name):
            self.stop(path, text, at, f"'{name}' is no name")
        parts = ["."] if name == "." else name.split(".")
        return "{{" + ", ".join(c_text(p) for p in parts) + "}}"

    def message(self, path, text, at, body):
        key, *pairs = body.split()
        if key not in self.messages:
            self.stop(path, text, at, f"message {key} is not in po/")
        given = dict(pair.split("=", 1) if "=" in pair else (pair, pair) for pair in pairs)
        wanted = placeholders(self.messages[key])
        if sorted(given) != wanted:
            self.stop(path, text, at, f"message {key} wants {wanted}, has {sorted(given)}")
        index = sorted(self.messages).index(key)
        if not given:
            return f".kind = TEMPLATE_MESSAGE, .jump = {index}"
        label = f"args_{len(self.args)}"
        rows = ", ".join(f"{{{c_text(k)}, {self.name(path, text, at, v)}}}"
                         for k, v in given.items())
        self.args.append(f"static const TemplateArg {label}[] = {{{rows}}};\n")
        return (f".kind = TEMPLATE_MESSAGE, .jump = {index}, .args = {label}, "
                f".arg_count = {len(given)}")

    def compile(self, path):
        text = open(path, encoding="utf-8").read()
        for pattern, what in FORBIDDEN:
            found = pattern.search(text)
            if found:
                self.stop(path, text, found.start(), what)
        source = tighten(text)
        ops, opened, at = [], [], 0
        own = stem(path)
        self.includes[own] = set()
        for tag in TAG.finditer(source):
            if tag.start() > at:
                ops.append(f".kind = TEMPLATE_LITERAL, .literal = {c_text(source[at:tag.start()])}")
            at = tag.end()
            html, sigil, body = tag.groups()
            if html:
                name = self.name(path, source, at, html)
                ops.append(f".kind = TEMPLATE_HTML, .name = {name}")
            elif sigil == "!":
                continue
            elif sigil in ("#", "^"):
                kind = "SECTION" if sigil == "#" else "INVERTED"
                opened.append((body, len(ops)))
                name = self.name(path, source, at, body)
                ops.append(f".kind = TEMPLATE_{kind}, .name = {name}, .jump = ")
            elif sigil == "/":
                if not opened or opened[-1][0] != body:
                    self.stop(path, source, at, f"{{{{/{body}}}}} closes what is not open")
                _, start = opened.pop()
                ops.append(".kind = TEMPLATE_CLOSE")
                ops[start] += str(len(ops) - start)
            elif sigil == ">":
                if body not in self.names:
                    self.stop(path, source, at, f"template {body} is not there")
                self.includes[own].add(body)
                ops.append(f".kind = TEMPLATE_PARTIAL, .jump = {self.names.index(body)}")
            elif sigil == "_":
                ops.append(self.message(path, source, at, body))
            else:
                ops.append(f".kind = TEMPLATE_VALUE, .name = {self.name(path, source, at, body)}")
        if opened:
            sys.exit(f"{path}: {{{{#{opened[-1][0]}}}}} is not closed")
        if at < len(source):
            ops.append(f".kind = TEMPLATE_LITERAL, .literal = {c_text(source[at:])}")
        ops.append(".kind = TEMPLATE_CLOSE")
        return ops

    def check_circles(self):
        def visit(name, way):
            if name in way:
                sys.exit(f"templates include one another: {' > '.join(way + [name])}")
            for other in sorted(self.includes[name]):
                visit(other, way + [name])
        for name in self.names:
            visit(name, [])


def tighten(text):
    text = re.sub(r"\{\{!.*?\}\}", "", text, flags=re.S)
    text = re.sub(r"^[ \t]+", "", text, flags=re.M)
    text = re.sub(r"\n{2,}", "\n", text).lstrip("\n")
    return re.sub(r"^(\{\{[#^/>][^}]*\}\})[ \t]*\n", r"\1", text, flags=re.M)


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def main():
    out, depfile, hi_path, en_path, folder = sys.argv[1:]
    read(hi_path)
    paths = sorted((os.path.join(folder, f) for f in os.listdir(folder) if f.endswith(".html")),
                   key=stem)
    with open(depfile, "w", encoding="utf-8") as d:  # the folder too: files come and go
        needs = " ".join(name.replace(" ", "\\ ") for name in [folder] + paths)
        d.write(f"{out}: {needs}\n")
    names = [stem(p) for p in paths]
    compiler = Compiler(read(en_path), names)
    compiled = [compiler.compile(p) for p in paths]
    compiler.check_circles()
    with open(out, "w", encoding="utf-8") as c:
        c.write("/* Generated by tools/templates.py from templates/. */\n"
                '#include "render/template_ops.h"\n\n')
        c.writelines(compiler.args)
        for i, ops in enumerate(compiled):
            c.write(f"static const TemplateOp ops_{i}[] = {{ /* {names[i]} */\n")
            c.writelines(f"    {{{op}}},\n" for op in ops)
            c.write("};\n")
        c.write("\nconst Template templates[] = {\n")
        c.writelines(f"    {{{c_text(n)}, ops_{i}}},\n" for i, n in enumerate(names))
        c.write("};\nconst int template_count = sizeof templates / sizeof *templates;\n")


if __name__ == "__main__":
    main()
