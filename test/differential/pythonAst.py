"""Facts of Python files as CPython's own parser sees them, for test/differential/python.test.ts.

Reads nothing from standard input. Prints one JSON object per file, one per line:
path, imports, calls, functions, classes. Every fact is a string, so that two sets can be compared:
offsets count UTF-16 code units of the decoded file. Facts inside f-strings carry no offsets, because
CPython before 3.12 does not know them. Calls inside annotations and type parameters are listed apart.
"""

import ast
import json
import os
import sys
import sysconfig
import warnings


class Offsets:
    def __init__(self, text, base):
        self.lines = text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
        self.is_ascii = text.isascii()
        self.starts = []
        offset = base
        for line in self.lines:
            self.starts.append(offset)
            offset += self.width(line) + 1

    def width(self, text):
        return len(text) if self.is_ascii else len(text.encode("utf-16-le", "surrogatepass")) // 2

    def at(self, line, column):
        start = self.starts[line - 1]
        if self.is_ascii:
            return start + column
        return start + self.width(self.lines[line - 1].encode()[:column].decode())


class Facts(ast.NodeVisitor):
    def __init__(self, offsets):
        self.offsets = offsets
        self.in_string = False
        self.in_annotation = False
        self.imports = []
        self.calls = []
        self.annotation_calls = []
        self.functions = []
        self.classes = []

    def place(self, node):
        return "f" if self.in_string else str(self.offsets.at(node.lineno, node.col_offset))

    def visit(self, node):
        for name in ("annotation", "returns"):
            part = getattr(node, name, None)
            if part is not None:
                self.visit_apart(part)
                setattr(node, name, None)
        for part in getattr(node, "type_params", []):
            self.visit_apart(part)
        if hasattr(node, "type_params"):
            node.type_params = []
        if type(node).__name__ == "TypeAlias":
            self.visit_apart(node.value)
            return
        super().visit(node)

    def visit_apart(self, node):
        outer, self.in_annotation = self.in_annotation, True
        self.visit(node)
        self.in_annotation = outer

    def visit_JoinedStr(self, node):
        outer, self.in_string = self.in_string, True
        self.generic_visit(node)
        self.in_string = outer

    def visit_Import(self, node):
        for alias in node.names:
            local = alias.asname or alias.name.split(".")[0]
            self.imports.append(f"{self.place(node)} import {alias.name} as {local}")

    def visit_ImportFrom(self, node):
        for alias in node.names:
            local = "" if alias.name == "*" else alias.asname or alias.name
            dots = "." * node.level
            self.imports.append(f"{self.place(node)} from {dots}{node.module or ''} import {alias.name} as {local}")

    def visit_Call(self, node):
        place = self.place(node)
        if place != "f":
            place = f"{place}-{self.offsets.at(node.end_lineno, node.end_col_offset)}"
        keywords = ",".join(keyword.arg or "**" for keyword in node.keywords)
        fact = f"{place} {dotted(node.func)}({len(node.args)};{keywords})"
        (self.annotation_calls if self.in_annotation else self.calls).append(fact)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.function("def", node.name, node)

    def visit_AsyncFunctionDef(self, node):
        self.function("async def", node.name, node)

    def visit_Lambda(self, node):
        self.function("lambda", "", node)

    def function(self, keyword, name, node):
        args = node.args
        names = [arg.arg for arg in args.posonlyargs + args.args]
        names += ["*" + args.vararg.arg] if args.vararg else []
        names += ["kw " + arg.arg for arg in args.kwonlyargs]
        names += ["**" + args.kwarg.arg] if args.kwarg else []
        if not self.in_annotation:
            self.functions.append(f"{self.place(node)} {keyword} {name}({', '.join(names)})")
        self.generic_visit(node)

    def visit_ClassDef(self, node):
        keywords = ",".join(keyword.arg or "**" for keyword in node.keywords)
        self.classes.append(f"{self.place(node)} class {node.name}({len(node.bases)};{keywords})")
        self.generic_visit(node)


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def library_files(most, root=sysconfig.get_paths()["stdlib"]):
    """Files of the standard library, or of another folder, spread evenly."""
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in ("site-packages", "dist-packages", "__pycache__"))
        files += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    step = max(1, len(files) // most)
    return files[::step][:most]


def facts_of(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8")
        tree = ast.parse(data)
    except (SyntaxError, ValueError):
        return None
    base = 1 if text.startswith("\ufeff") else 0
    facts = Facts(Offsets(text[base:], base))
    facts.visit(tree)
    return {
        "path": path,
        "imports": facts.imports,
        "calls": facts.calls,
        "annotationCalls": facts.annotation_calls,
        "functions": facts.functions,
        "classes": facts.classes,
    }


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    for path in library_files(int(sys.argv[1]), *sys.argv[2:]):
        facts = facts_of(path)
        if facts is not None:
            print(json.dumps(facts))


if __name__ == "__main__":
    main()
