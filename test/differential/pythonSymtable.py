"""Where CPython's compiler finds each name that a file reads, for test/differential/pythonScopes.test.ts.

Prints one JSON object per file, one per line: path, reads. A read is `<offset> <name> <scope>`, where scope is
`none` (builtin or never bound), `module`, `class`, `comprehension`, or `function@<offset>` of the function that binds it.
Reads inside f-strings and annotations are left out: CPython before 3.12 has no offsets for the first,
and the program model keeps the second as text.
"""

import ast
import json
import symtable
import sys
import warnings

from pythonAst import Offsets, library_files

COMPREHENSIONS = {
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}


class Scope:
    def __init__(self, table, kind, parent):
        self.table = table
        self.kind = kind
        self.parent = parent
        self.children = list(table.get_children())

    def child(self, name, line):
        for index, table in enumerate(self.children):
            if table.get_name() == name and table.get_lineno() == line:
                return self.children.pop(index)
        raise LookupError(f"no symbol table for {name} in line {line}")


class Reads(ast.NodeVisitor):
    def __init__(self, offsets, top, bound):
        self.offsets = offsets
        self.scope = Scope(top, "module", None)
        self.bound = bound
        self.is_hidden = False
        self.reads = []

    def within(self, name, node, kind, visit):
        outer = self.scope
        self.scope = Scope(outer.child(name, node.lineno), kind, outer)
        visit()
        self.scope = outer

    def at(self, node):
        return self.offsets.at(node.lineno, node.col_offset)

    def visit_hidden(self, node):
        outer, self.is_hidden = self.is_hidden, True
        self.visit(node)
        self.is_hidden = outer

    def visit_all(self, nodes):
        for node in nodes:
            self.visit(node)

    def visit_JoinedStr(self, node):
        outer, self.is_hidden = self.is_hidden, True
        self.generic_visit(node)
        self.is_hidden = outer

    def visit_FunctionDef(self, node):
        self.visit_all(node.decorator_list)
        self.visit_arguments_outside(node.args)
        if node.returns is not None:
            self.visit_hidden(node.returns)
        self.within(node.name, node, f"function@{self.at(node)}", lambda: self.visit_all(node.body))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit_arguments_outside(node.args)
        self.within("lambda", node, f"function@{self.at(node)}", lambda: self.visit(node.body))

    def visit_arguments_outside(self, args):
        self.visit_all(args.defaults)
        self.visit_all(default for default in args.kw_defaults if default is not None)
        every = args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]
        for arg in every:
            if arg is not None and arg.annotation is not None:
                self.visit_hidden(arg.annotation)

    def visit_AnnAssign(self, node):
        self.visit(node.target)
        self.visit_hidden(node.annotation)
        if node.value is not None:
            self.visit(node.value)

    def visit_ClassDef(self, node):
        self.visit_all(node.decorator_list)
        self.visit_all(node.bases)
        self.visit_all(node.keywords)
        self.within(node.name, node, "class", lambda: self.visit_all(node.body))

    def visit_comprehension_scope(self, node):
        first, *others = node.generators
        self.visit(first.iter)

        def body():
            self.visit(first.target)
            self.visit_all(first.ifs)
            for clause in others:
                self.visit(clause.iter)
                self.visit(clause.target)
                self.visit_all(clause.ifs)
            if isinstance(node, ast.DictComp):
                self.visit(node.key)
                self.visit(node.value)
            else:
                self.visit(node.elt)

        self.within(COMPREHENSIONS[type(node)], node, "comprehension", body)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_scope

    def visit_AugAssign(self, node):
        if isinstance(node.target, ast.Name):
            self.read(node.target)
        self.generic_visit(node)

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Store):
            self.read(node)

    def read(self, node):
        if not self.is_hidden:
            self.reads.append(f"{self.at(node)} {node.id} {self.place(node.id)}")

    def place(self, name):
        symbol = lookup(self.scope, name)
        if symbol is not None and symbol.is_global():
            return "module" if name in self.bound else "none"
        scope = self.scope
        while scope is not None:
            symbol = lookup(scope, name)
            is_visible = scope is self.scope or scope.table.get_type() == "function"
            if symbol is not None and symbol.is_local() and is_visible:
                if scope.kind == "module":
                    return "module" if name in self.bound else "none"
                return scope.kind
            scope = scope.parent
        return "none"


def lookup(scope, name):
    owner = scope
    while owner is not None and owner.table.get_type() != "class":
        owner = owner.parent
    if owner is not None and name.startswith("__") and not name.endswith("__"):
        name = f"_{owner.table.get_name().lstrip('_')}{name}"
    try:
        return scope.table.lookup(name)
    except KeyError:
        return None


def module_names(top):
    """Names that the module or a `global` statement anywhere in it binds."""
    names = set()
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            is_binding = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            if is_binding and (table is top or symbol.is_declared_global()):
                names.add(symbol.get_name())
    return names


def reads_of(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8")
        tree = ast.parse(data)
        top = symtable.symtable(text.removeprefix("\ufeff"), path, "exec")
    except (SyntaxError, ValueError):
        return None
    base = 1 if text.startswith("\ufeff") else 0
    visitor = Reads(Offsets(text[base:], base), top, module_names(top))
    try:
        visitor.visit(tree)
    except LookupError:  # type parameters put a scope between a definition and what surrounds it
        return None
    return {"path": path, "reads": visitor.reads}


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    for path in library_files(int(sys.argv[1]), *sys.argv[2:]):
        reads = reads_of(path)
        if reads is not None:
            print(json.dumps(reads))


main()
