"""What a template may do: name values, ask whether there are any, and go through lists. Nothing else.

Users share templates. Jinja's sandbox keeps a hostile one from reaching Python; this environment knows
besides only the few parts of the language that a letter needs, so that there is nothing to escape with and
no way to compute without end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
)
_DEEPEST = 2


class UnknownField(TemplateSyntaxError):  # noqa: N818 - says what it is
    """A template names a field that no letter has."""

    def __init__(self, field: str, lineno: int) -> None:
        super().__init__(field, lineno)
        self.field = field


class NotAllowed(SecurityError):  # noqa: N818
    """A template wants something that letters do not need."""

    def __init__(self, what: str, lineno: int) -> None:
        super().__init__(what)
        self.what = what
        self.lineno = lineno


class LetterEnvironment(SandboxedEnvironment):
    """Refuses a template before any of it runs; ``used`` are the fields that it names."""

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._fields = frozenset(fields)
        self.used: set[str] = set()

    def compile(  # type: ignore[override]  # one of its three overloads, the only one that is called
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,  # noqa: FBT001, FBT002 - as jinja declares it
        defer_init: bool = False,  # noqa: FBT001, FBT002
    ) -> str | CodeType:
        """Look at the whole template first, also at parts that would not be reached."""
        parsed = self.parse(source, name, filename) if isinstance(source, str) else source
        self._look(parsed, frozenset(), 0)
        return super().compile(parsed, name, filename, raw, defer_init)  # type: ignore[call-overload, no-any-return]

    def _look(self, node: nodes.Node, bound: frozenset[str], depth: int) -> None:
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            raise NotAllowed(type(node).__name__.lower(), node.lineno)
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise NotAllowed(node.attr, node.lineno)
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in bound:
            if node.name not in self._fields:
                raise UnknownField(node.name, node.lineno)
            self.used.add(node.name)
        if isinstance(node, nodes.For):
            if depth == _DEEPEST:
                raise NotAllowed("for", node.lineno)
            self._look_at_loop(node, bound, depth)
            return
        for child in node.iter_child_nodes():
            self._look(child, bound, depth)

    def _look_at_loop(self, node: nodes.For, bound: frozenset[str], depth: int) -> None:
        self._look(node.iter, bound, depth)
        inside = bound | frozenset(_names(node.target))
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self._look(child, inside, depth + 1)


def _names(target: Any) -> Iterator[str]:
    if not isinstance(target, nodes.Name):
        raise NotAllowed("for", target.lineno)
    yield target.name
