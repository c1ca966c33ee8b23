"""Every public service that changes something writes the activity log: its calls are followed
through the services until `record_activity`. What stands in NOT_LOGGED has its reason there."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "adaccounts", "assets", "billing", "campaigns", "reporting")
WRITERS = {
    ("accounts.services.activity", name)
    for name in ("record_activity", "record_activities", "record_for_person")
}

NOT_LOGGED = {
    "accounts.activity_entry": "makes an entry for the log",
    "accounts.authorize_app": "a code changes nothing until it is exchanged, which is logged",
    "accounts.check_email_allowed": "checks",
    "accounts.claim_invitation": "checks, and locks for the services that answer it",
    "accounts.claim_request": "keeps one call from being carried out twice",
    "accounts.clean_domains": "reads what was typed",
    "accounts.end_tour": "what a person has seen concerns nobody else",
    "accounts.mail_password_reset": "sends what was asked for, which is logged",
    "accounts.make_invitation_link": "a link of an invitation, which is logged",
    "accounts.mark_notifications_read": "reading one's own news concerns nobody else",
    "accounts.note_token_use": "a fact about a call, not a change by somebody",
    "accounts.notify": "tells of a change that its caller logs",
    "accounts.queue_digests": "only starts tasks",
    "accounts.queue_lost_mails": "only starts tasks",
    "accounts.register_person": "a new person belongs to no Business Center yet",
    "accounts.remind_of_settings_reviews": "only tells",
    "accounts.send_digest": "sends what was told already",
    "accounts.remove_setup_document": "a set-up has no Business Center and no log yet",
    "accounts.save_setup_step": "a set-up has no Business Center and no log yet",
    "accounts.send_notification_mail": "sends what was told already",
    "accounts.start_setup_over": "a set-up has no Business Center and no log yet",
    "accounts.store_setup_document": "a set-up has no Business Center and no log yet",
    "adaccounts.ask_for_new_link": "only tells",
    "adaccounts.mail_invitation": "sends the link of an invitation, which is logged",
    "billing.remove_setup_method": "a set-up has no Business Center and no log yet",
    "billing.charge_hour": "the ledger is the record of every hour's spend",
    "billing.charge_spend": "the ledger is the record of every hour's spend",
    "billing.credit_over_delivery": "the ledger is the record of every credit",
    "billing.open_ledger": "empty books come with the ad account, which is logged",
    "billing.render_invoice": "prints what was issued",
    "campaigns.book_turn": "how workers share the work",
    "campaigns.note_waiting": "how workers get on",
    "campaigns.end_turn": "how workers share the work",
    "campaigns.drop_old_facts": "as the settings say, which whoever runs the product sets",
    "campaigns.prepare_months": "makes room",
    "campaigns.submit_review": "part of creating and editing an ad, which are logged",
}

Node = tuple[str, str]


def sources() -> Iterator[tuple[str, Path]]:
    """(module, file) of everything in the apps' services."""
    for app in APPS:
        for path in sorted((ROOT / app / "services").rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imported(module: str, is_package: bool, tree: ast.Module) -> dict[str, str]:
    """{name: "module.name" it stands for} of the imports of a module."""
    found = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = module.split(".")
        if node.level:
            base = base[: len(base) - node.level + is_package]
            origin = ".".join([*base, *([node.module] if node.module else [])])
        else:
            origin = node.module or ""
        found |= {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}
    return found


@cache
def graph() -> tuple[dict[Node, set[Node]], dict[str, dict[str, str]]]:
    """Which function names which others, and what each module's names stand for."""
    trees = {module: (ast.parse(path.read_text("utf-8")), path) for module, path in sources()}
    names = {m: imported(m, path.name == "__init__.py", tree) for m, (tree, path) in trees.items()}
    edges: dict[Node, set[Node]] = {}
    for module, (tree, _) in trees.items():
        own = {node.name for node in tree.body if hasattr(node, "name")}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                edges[module, node.name] = set(_named(node, module, own, names[module]))
    return edges, names


def _named(node: ast.AST, module: str, own: set[str], names: dict[str, str]) -> Iterator[Node]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            if part.id in own:
                yield module, part.id
            elif part.id in names:
                yield _split(names[part.id])
        elif isinstance(part, ast.Attribute) and ast.unparse(part.value) in names:
            yield names[ast.unparse(part.value)], part.attr


def _split(path: str) -> Node:
    module, _, name = path.rpartition(".")
    return module, name


def resolved(node: Node) -> Node:
    """Where the function is written, past the packages that pass its name on."""
    edges, names = graph()
    while node not in edges and node[1] in names.get(node[0], {}):
        node = _split(names[node[0]][node[1]])
    return node


def is_logged(service: Node) -> bool:
    edges, _ = graph()
    waiting, seen = [service], set()
    while waiting:
        node = resolved(waiting.pop())
        if node in WRITERS:
            return True
        if node not in seen:
            seen.add(node)
            waiting += edges.get(node, ())
    return False


def services() -> list[str]:
    """Every public function, as "app.name"."""
    found = []
    for app in APPS:
        if (ROOT / app / "services").exists():
            names = import_module(f"{app}.services").__all__
            found += [f"{app}.{name}" for name in names if name.islower()]
    return found


def node_of(service: str) -> Node:
    app, name = service.split(".")
    return f"{app}.services", name


@pytest.mark.parametrize("service", services())
def test_a_service_writes_the_log_or_says_why_not(service: str) -> None:
    if service in NOT_LOGGED:
        assert not is_logged(node_of(service)), "take it out of NOT_LOGGED"
    else:
        assert is_logged(node_of(service)), "record_activity is not reached from it"


def test_the_table_names_services_that_exist() -> None:
    assert set(NOT_LOGGED) <= set(services())


def test_the_search_sees_a_call_three_modules_away() -> None:
    assert is_logged(node_of("campaigns.settle_due"))
    assert not is_logged(node_of("accounts.note_token_use"))
