"""Changes of Python code, one at a time, on its syntax tree.

Only what is decided is changed: conditions, comparisons, arithmetic, thresholds, codes and words that are compared,
members of lists, fields that are filled in, patterns. Prose that readers see is left out, and so are annotations.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice

from tests.mutation.patterns import pattern_changes

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BOUNDS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}
_OTHER_METHOD = {
    "startswith": "endswith",
    "endswith": "startswith",
    "partition": "rpartition",
    "rpartition": "partition",
    "match": "search",
    "fullmatch": "match",
    "removesuffix": "removeprefix",
    "removeprefix": "removesuffix",
    "find": "rfind",
    "rfind": "find",
}
_MAY_GO = {"strip", "lstrip", "rstrip", "lower", "upper", "normalize"}
_MAY_GO_AROUND = {"sorted", "reversed", "abs"}
#: Prose and titles, which no rule reads.
_PROSE = {"zh", "en", "rule_zh", "rule_en", "cause_zh", "cause_en", "label", "title"}
_OF_PROSE = {"Term", "Threshold", "RuleChange", "Problem"}
_CODE = re.compile(r"[\w./:+*#%-]{0,32}|.{1,2}|[\u3400-\u9fff“”《》（）()、]{1,12}", re.DOTALL)
_HOLE = 0xE000
"""The first of the characters that stand for what is interpolated in a pattern."""


@dataclass(frozen=True)
class Change:
    """A change of a tree: what stands in a field of a node, or in a place of a list there, is replaced or taken out.

    ``parent`` numbers the node in ``ast.walk``; ``place`` is None where the field is no list; ``put`` None takes out.
    ``what`` are words for it, ``lines`` those of the statement that it is in.
    """

    parent: int
    field: str
    place: int | None
    put: ast.AST | None
    what: str
    lines: tuple[int, int]

    def apply(self, tree: ast.Module) -> ast.Module:
        """The same tree with the change, which is made in it."""
        node = next(islice(ast.walk(tree), self.parent, None))
        if self.place is None:
            setattr(node, self.field, self.put)
        elif self.put is None:
            del getattr(node, self.field)[self.place]
        else:
            getattr(node, self.field)[self.place] = self.put
        return ast.fix_missing_locations(tree)


@dataclass(frozen=True)
class _Slot:
    """Where a node hangs in the tree."""

    parent: int
    field: str
    place: int | None


class Changes:
    """All changes of a source text. ``at`` is where a node is that is changed."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self._source = source.splitlines()
        self._nodes = [*ast.walk(self.tree)]
        self._number = {id(node): number for number, node in enumerate(self._nodes)}
        self._slots: dict[int, _Slot] = {}
        for node in self._nodes:
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.AST):
                    self._slots[id(value)] = _Slot(self._number[id(node)], name, None)
                elif isinstance(value, list):
                    for place, one in enumerate(value):
                        if isinstance(one, ast.AST):
                            self._slots[id(one)] = _Slot(self._number[id(node)], name, place)
        self._left_out = self._find_left_out()

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that a node hangs on; None for the module."""
        slot = self._slots.get(id(node))
        return self._nodes[slot.parent] if slot else None

    def path(self, change: Change) -> list[ast.AST]:
        """The nodes from the one that is changed up to the module."""
        found: list[ast.AST] = [self._nodes[change.parent]]
        while (above := self.parent(found[-1])) is not None:
            found.append(above)
        return found

    def __iter__(self) -> Iterator[Change]:
        for node in self._nodes:
            if id(node) in self._left_out:
                continue
            for name in _OPERATORS.get(type(node), ()):
                yield from getattr(self, name)(node)

    def _find_left_out(self) -> set[int]:
        return {id(one) for node in self._nodes for top in _left_out_of(node) for one in ast.walk(top)}

    # --- how changes are made -------------------------------------------------------------------

    def _change(self, slot: _Slot, put: ast.AST | None, what: str, node: ast.AST) -> Change:
        statement: ast.AST | None = node
        while statement is not None and not isinstance(statement, ast.stmt):
            statement = self.parent(statement)
        assert statement is not None
        first, last = statement.lineno, statement.end_lineno or statement.lineno
        if isinstance(body := getattr(statement, "body", None), list):
            last = max(first, body[0].lineno - 1)
        return Change(slot.parent, slot.field, slot.place, put, what, (first, last))

    def _replace(self, node: ast.AST, put: ast.AST, shown: str = "") -> Change:
        ast.copy_location(put, node)
        what = f"{_short(node)} → {shown or _short(put)}"
        return self._change(self._slots[id(node)], put, self._within(node, what), node)

    def _set(self, node: ast.AST, **fields: object) -> Change:
        put = copy(node)
        for name, value in fields.items():
            setattr(put, name, value)
        return self._replace(node, put)

    def _within(self, node: ast.AST, what: str) -> str:
        """A change of something short is said with what stands around it."""
        above = self.parent(node)
        small = isinstance(node, ast.Constant | ast.Name) and isinstance(above, ast.expr | ast.keyword | ast.Slice)
        return f"{what} in {_short(above)}" if small and above is not None else what

    # --- operators ------------------------------------------------------------------------------

    def compare(self, node: ast.Compare) -> Iterator[Change]:
        above = self.parent(node)
        if isinstance(above, ast.If | ast.IfExp) and above.test is node and type(node.ops[0]) not in _BOUNDS:
            return  # to turn it round is noticed wherever both branches are
        for place, operator in enumerate(node.ops):
            other = _COMPARED[type(operator)]()
            yield self._set(node, ops=[*node.ops[:place], other, *node.ops[place + 1 :]])

    def combine(self, node: ast.BoolOp) -> Iterator[Change]:
        for place in range(len(node.values)):
            rest = [*node.values[:place], *node.values[place + 1 :]]
            yield self._replace(node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))

    def negate(self, node: ast.UnaryOp) -> Iterator[Change]:
        above = self.parent(node)
        decides = isinstance(above, ast.If | ast.IfExp) and above.test is node
        if isinstance(node.op, ast.Not | ast.USub) and not decides:
            yield self._replace(node, node.operand)

    def branch(self, node: ast.If | ast.IfExp) -> Iterator[Change]:
        for value in (True, False):
            put = ast.copy_location(ast.Constant(value), node.test)
            what = f"if {_short(node.test)} → if {value}"
            yield self._change(self._slots[id(node.test)], put, what, node.test)

    def repeat(self, node: ast.While) -> Iterator[Change]:
        put = ast.copy_location(ast.Constant(False), node.test)
        yield self._change(self._slots[id(node.test)], put, f"while {_short(node.test)} → while False", node.test)

    def choose(self, node: ast.comprehension) -> Iterator[Change]:
        for test in node.ifs:
            put = ast.copy_location(ast.Constant(True), test)
            yield self._change(self._slots[id(test)], put, f"for … if {_short(test)} → if True", test)

    def compute(self, node: ast.BinOp) -> Iterator[Change]:
        text = any(_is_text(side) for side in (node.left, node.right))
        if type(node.op) in _COMPUTED and not text:
            yield self._set(node, op=_COMPUTED[type(node.op)]())

    def constant(self, node: ast.Constant) -> Iterator[Change]:
        value = node.value
        if isinstance(value, bool):
            yield self._replace(node, ast.Constant(not value))
        elif isinstance(value, int):
            yield self._replace(node, ast.Constant(value + 1))
        elif isinstance(value, str):
            yield from self._text(node, value)

    def _text(self, node: ast.Constant, value: str) -> Iterator[Change]:
        above = self.parent(node)
        joins = isinstance(above, ast.Attribute) and above.attr == "join"
        if joins or isinstance(above, ast.JoinedStr | ast.FormattedValue):
            return
        if self._is_pattern(node, value):
            for put, what in pattern_changes(value):
                yield self._replace_pattern(node, ast.Constant(put), what)
        elif isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and above.func.id == "Decimal":
            # another number of other digits: of an exponent that rounds, the value does not count
            yield self._replace(node, ast.Constant(f"{value}1" if "." in value else f"{value}.1"))
        elif isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute) and above.func.attr in _MAY_GO:
            yield self._replace(node, ast.Constant(""))  # nothing is stripped
        elif _CODE.fullmatch(value) and not isinstance(above, ast.Set | ast.List | ast.Tuple | ast.Dict):
            yield self._replace(node, ast.Constant(f"*{value}"))

    def joined(self, node: ast.JoinedStr) -> Iterator[Change]:
        texts = [str(one.value) if isinstance(one, ast.Constant) else "" for one in node.values]
        if self._is_pattern(node, next(filter(None, texts), "")):
            holes = [one for one in node.values if isinstance(one, ast.FormattedValue)]
            signs = iter(range(_HOLE, _HOLE + len(holes)))
            pattern = "".join(text or chr(next(signs)) for text in texts)
            for changed, what in pattern_changes(pattern):
                yield self._replace_pattern(node, _refill(changed, holes), _named(what, holes))
        elif not isinstance(self.parent(node), ast.JoinedStr | ast.FormattedValue):
            for place, one in enumerate(node.values):
                if isinstance(one, ast.FormattedValue):
                    put = ast.JoinedStr([*node.values[:place], *node.values[place + 1 :]])
                    yield self._replace(node, put, f"without {_short(one.value)}")

    def _replace_pattern(self, node: ast.expr, put: ast.expr, what: str) -> Change:
        ast.copy_location(put, node)
        return self._change(self._slots[id(node)], put, f"pattern {what}", node)

    def _is_pattern(self, node: ast.expr, text: object) -> bool:
        """A raw string, what ``re`` is given, or what looks like alternatives."""
        line = self._source[node.lineno - 1].encode()[node.col_offset :].decode()
        raw = re.match(r"(?i)[bf]?r[bf]?[\"']", line) is not None
        above = self.parent(node)
        given = (
            isinstance(above, ast.Call)
            and isinstance(above.func, ast.Attribute)
            and isinstance(above.func.value, ast.Name)
            and above.func.value.id == "re"
            and above.args[:1] == [node]
        )
        return raw or given or (isinstance(text, str) and "|" in text[1:] and " " not in text)

    def members(self, node: ast.Set | ast.List | ast.Tuple) -> Iterator[Change]:
        if isinstance(node, ast.Set):
            listed = True
        else:
            listed = isinstance(node.ctx, ast.Load) and not isinstance(self.parent(node), ast.Return | ast.Subscript)
        if not listed or len(node.elts) < 2 or any(isinstance(one, ast.Starred) for one in node.elts):
            return
        for place, one in enumerate(node.elts):
            slot = _Slot(self._number[id(node)], "elts", place)
            yield self._change(slot, None, f"{_short(node)} without {_short(one)}", one)

    def entries(self, node: ast.Dict) -> Iterator[Change]:
        for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            if key is not None and len(node.keys) > 1:
                put = copy(node)
                put.keys = [*node.keys[:place], *node.keys[place + 1 :]]
                put.values = [*node.values[:place], *node.values[place + 1 :]]
                slot = self._slots[id(node)]
                yield self._change(slot, put, f"{{…}} without {_short(key)}: {_short(value)}", value)

    def call(self, node: ast.Call) -> Iterator[Change]:
        for place, one in enumerate(node.keywords):
            if one.arg is not None:
                slot = _Slot(self._number[id(node)], "keywords", place)
                yield self._change(slot, None, f"{_short(node.func)}(…) without {_short(one)}", one.value)
        match node.func:
            case ast.Name(id=name) if name in _OTHER_NAME:
                yield self._set(node, func=ast.Name(_OTHER_NAME[name], ast.Load()))
            case ast.Name(id=name) if name in _MAY_GO_AROUND and node.args:
                yield self._replace(node, node.args[0] if name == "abs" else _listed(node.args[0]))
            case ast.Attribute(value=value, attr=name) if name in _MAY_GO:
                yield self._replace(node, value)
            case ast.Attribute(value=value, attr=name) if name in _OTHER_METHOD:
                yield self._set(node, func=ast.Attribute(value, _OTHER_METHOD[name], ast.Load()))
        if isinstance(node.func, ast.Name) and node.func.id in {"min", "max"} and len(node.args) == 2:
            yield from (self._replace(node, one) for one in node.args)

    def statement(self, node: ast.Expr | ast.AugAssign) -> Iterator[Change]:
        yield self._replace(node, ast.Pass())

    def jump(self, node: ast.Continue | ast.Break) -> Iterator[Change]:
        yield self._replace(node, ast.Break() if isinstance(node, ast.Continue) else ast.Continue())

    def bounds(self, node: ast.Slice) -> Iterator[Change]:
        for name in ("lower", "upper"):
            if getattr(node, name) is not None:
                above = self.parent(node)
                put = copy(node)
                setattr(put, name, None)
                what = f"{_short(above or node)} → [{_short(put)}]"
                yield self._change(self._slots[id(node)], put, what, node)


_OPERATORS: dict[type[ast.AST], Sequence[str]] = {
    ast.Compare: ("compare",),
    ast.BoolOp: ("combine",),
    ast.UnaryOp: ("negate",),
    ast.If: ("branch",),
    ast.IfExp: ("branch",),
    ast.While: ("repeat",),
    ast.comprehension: ("choose",),
    ast.BinOp: ("compute",),
    ast.Constant: ("constant",),
    ast.JoinedStr: ("joined",),
    ast.Set: ("members",),
    ast.List: ("members",),
    ast.Tuple: ("members",),
    ast.Dict: ("entries",),
    ast.Call: ("call",),
    ast.Expr: ("statement",),
    ast.AugAssign: ("statement",),
    ast.Continue: ("jump",),
    ast.Break: ("jump",),
    ast.Slice: ("bounds",),
}


def _left_out_of(node: ast.AST) -> Iterator[ast.AST]:
    """What is left out of a node: annotations, decorators, docstrings, imports, ``__all__``, types, and prose."""
    match node:
        case ast.AnnAssign(annotation=ast.expr() as noted) | ast.arg(annotation=ast.expr() as noted):
            yield noted
        case ast.FunctionDef():
            yield from (*node.decorator_list, *([node.returns] if node.returns else []))
        case ast.ClassDef():
            yield from (*node.decorator_list, *node.keywords)
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Raise():
            yield node
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Subscript(value=ast.Name(id="Literal")):
            yield node
        case ast.Call(func=ast.Name(id=name)) if name in _OF_PROSE:
            yield from (one for one in node.args[1:] if isinstance(one, ast.Constant))
        case ast.keyword(arg=name) if name in _PROSE:
            yield from (one for one in ast.walk(node.value) if isinstance(one, ast.Constant))


def _short(node: ast.AST, most: int = 100) -> str:
    """The code of a node on one line, its middle left out where it is long."""
    text = re.sub(r"\s+", " ", ast.unparse(node))
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 + 1 :]}"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _listed(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("list", ast.Load()), [node], [])


def _refill(text: str, holes: Sequence[ast.FormattedValue]) -> ast.JoinedStr:
    """The interpolated string again, of a text in which characters stand for what is interpolated."""
    pieces = re.split(f"([{chr(_HOLE)}-{chr(_HOLE + 0xFF)}])", text)
    values: list[ast.expr] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            values.append(holes[ord(piece) - _HOLE])
        elif piece:
            values.append(ast.Constant(piece))
    return ast.JoinedStr(values)


def _named(text: str, holes: Sequence[ast.FormattedValue]) -> str:
    """The same words with the names of what is interpolated."""
    for place, hole in enumerate(holes):
        text = text.replace(chr(_HOLE + place), f"{{{ast.unparse(hole.value)}}}")
    return text
