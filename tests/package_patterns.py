"""Every regular expression of the package: those that stand in its modules, and those that functions make where they use them.

A pattern that a function makes from what it is given cannot be found by looking; `MADE` makes one as the function does. Each comes with
the ways in which the code uses it: one that is only ever held against the beginning of a text need not be quick at finding its place.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from types import ModuleType
from typing import Any

import headwater
from headwater.lists import bodies
from headwater.measure import hidden
from headwater.stages import credits
from headwater.stages.statements import register

WAYS = dict.fromkeys(("search", "split", "findall", "finditer", "sub", "subn"), "search") | {
    "match": "match",
    "fullmatch": "fullmatch",
}
USES = ("compile", *WAYS)
ANY = frozenset(WAYS.values())


@dataclass(frozen=True)
class Named:
    """A pattern and where it stands."""

    name: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


def modules() -> Iterator[ModuleType]:
    """Yield every module of the package."""
    for found in pkgutil.walk_packages(headwater.__path__, "headwater."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def standing() -> Iterator[Named]:
    """Yield the patterns that are attributes of modules, or inside of their attributes."""
    ways = _ways_by_name()
    for module in modules():
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                yield Named(f"{module.__name__}.{name}", value, frozenset(ways.get(name, ANY)))
            elif not name.startswith("__"):
                for number, pattern in enumerate(_patterns(value, depth=5)):
                    yield Named(f"{module.__name__}.{name}[{number}]", pattern, ANY)


def _ways_by_name() -> dict[str, set[str]]:
    """Return how the package uses the patterns of each name: NAME.search(…), module.NAME.match(…)."""
    ways: dict[str, set[str]] = {}
    for module in modules():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in WAYS
                and isinstance(node.value, ast.Name | ast.Attribute)
            ):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                ways.setdefault(name, set()).add(WAYS[node.attr])
    return ways


def _patterns(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for inside in value:
            yield from _patterns(inside, depth - 1)
    elif depth and isinstance(value, dict):
        for inside in (*value.keys(), *value.values()):
            yield from _patterns(inside, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns(getattr(value, field.name, None), depth - 1)


def used() -> Iterator[Named | str]:
    """Yield the patterns that functions name where they use them; of one that rests on what a function is given, only its function."""
    for module in modules():
        for function, call in _calls(ast.parse(inspect.getsource(module)), ""):
            try:
                pattern = re.compile(_value(call.args[0], module), _flags(call, module))
            except NameError:
                yield f"{module.__name__}.{function}"
            else:
                ways = frozenset([WAYS[name]]) if (name := _called(call)) in WAYS else ANY
                yield Named(f"{module.__name__}:{call.lineno}", pattern, ways)


def _calls(tree: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of `re`, each with the function in which it stands."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and ast.unparse(called.value) == "re" and called.attr in USES:
            assert isinstance(node, ast.Call)
            yield inside, node
        yield from _calls(node, inside)


def _value(node: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(node), module.__name__, "eval"), vars(module))


def _called(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


PLACE_OF_FLAGS = {
    "compile": 1,
    "search": 2,
    "match": 2,
    "fullmatch": 2,
    "findall": 2,
    "finditer": 2,
    "split": 3,
    "sub": 4,
    "subn": 4,
}


def _flags(call: ast.Call, module: ModuleType) -> int:
    place = PLACE_OF_FLAGS[_called(call)]
    given = [word.value for word in call.keywords if word.arg == "flags"] + call.args[place : place + 1]
    return int(_value(given[0], module)) if given else 0


MADE: dict[str, Callable[[], list[re.Pattern[Any]]]] = {
    "headwater.ask.search._place": lambda: [re.compile(rf"(?<!\w){re.escape('a.a(a')}", re.I)],
    "headwater.lists.bodies._pattern": lambda: [bodies._pattern()],
    "headwater.measure.hidden._names": lambda: [hidden._names()],
    "headwater.measure.origins.gold._located": lambda: [re.compile(r"\s+".join(map(re.escape, ("a", "a", "(", "b"))))],
    "headwater.stages.credits._cited": lambda: [pattern for pattern, _ in credits._cited()],
    "headwater.stages.statements.register.in_full": lambda: [re.compile(register.in_full_pattern("Haddad"))],
}
"""by the function that makes them, how the patterns are made that rest on lists or on what a function is given"""
STANDING = {
    "headwater.stages.readings.",
    "headwater.stages.readings._shapes",
    "headwater.stages.readings.means.",
    "headwater.stages.statements.hedges.",
    "headwater.stages.texts.pages.",
}
"""makers of patterns that stand in modules afterwards ("" is the module itself)"""


def every() -> tuple[list[Named], list[str]]:
    """Return each pattern once, with every way in which it is used; and the places of those that only a function can make."""
    found, made = {}, []
    for named in standing():
        found[named.pattern] = Named(named.name, named.pattern, named.ways | found.get(named.pattern, named).ways)
    for use in used():
        if isinstance(use, str):
            made.append(use)
        elif use.ways != ANY:
            found[use.pattern] = Named(use.name, use.pattern, use.ways | found.get(use.pattern, use).ways)
        else:
            found.setdefault(use.pattern, use)
    for place, make in MADE.items():
        found |= {pattern: Named(place, pattern, ANY) for pattern in make()}
    return list(found.values()), made
