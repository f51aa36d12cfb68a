"""Drives the window from outside by its accessible names alone. Runs under the system's own Python, which has
pyatspi; prints one JSON line with what was read."""

import json
import sys
import time

import pyatspi

PRESS = ("Press", "press", "Click", "click")


def application(name, seconds=40.0):
    """The running program by its name."""
    return waited(
        lambda: next((app for app in pyatspi.Registry.getDesktop(0) if app and app.name == name), None),
        seconds,
    )


def waited(fact, seconds=30.0):
    """What `fact` gives once it gives anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = fact()
        except Exception:  # a widget may go away while it is looked at
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"waited {seconds} s in vain")


def parts(root, depth=0):
    """Everything below, without diving into tables."""
    yield root
    if depth > 25 or root.getRoleName() in ("table", "tree table"):
        return
    for place in range(root.childCount):
        child = root.getChildAtIndex(place)
        if child is not None:
            yield from parts(child, depth + 1)


def find(root, name, *roles):
    """A part by its name and role, among those on the screen."""
    for part in parts(root):
        is_named = part.name == name and (not roles or part.getRoleName() in roles)
        if is_named and part.getState().contains(pyatspi.STATE_SHOWING):
            return part
    return None


def by_id(root, object_name):
    """A part by the end of its accessible id, which is its objectName."""
    for part in parts(root):
        if part.get_accessible_id().split(".")[-1] == object_name:
            return part
    return None


def press(root, name):
    """Press a button once it can be pressed."""

    def ready():
        part = find(root, name, "push button", "button")
        return part if part and part.getState().contains(pyatspi.STATE_ENABLED) else None

    part = waited(ready)
    action = part.queryAction()
    for number in range(action.nActions):
        if action.getName(number) in PRESS:
            action.doAction(number)
            return
    raise SystemExit(f"{name} cannot be pressed")


def open_page(root, name):
    """Choose a page in the navigation and wait for it."""
    pages = waited(lambda: find(root, "Pages", "list"))
    for place in range(pages.childCount):
        if pages.getChildAtIndex(place).name == name:
            pages.querySelection().selectChild(place)
    return waited(lambda: find(root, name, "filler", "panel"))


def main():
    """Sync, answer the question, sync again, and tell what was read on the way."""
    root = application("ClinicBridge")
    read = {}
    press(root, "Sync now")
    words = waited(lambda: by_id(root, "state_words"))
    waited(lambda: "question" in words.name, 60)
    read["after_first"] = words.name
    page = open_page(root, "Needs you")
    read["page"] = page.name
    table = waited(lambda: find(root, "Questions", "table"))
    read["table"] = table.description
    read["question"] = waited(lambda: by_id(root, "question_message").name)
    press(root, "Yes, link them")
    read["answered"] = waited(lambda: by_id(root, "needs_you_said").name)
    open_page(root, "Home")
    press(root, "Sync now")
    waited(lambda: words.name.startswith("Up to date"), 60)
    read["after_second"] = words.name
    sys.stdout.write(json.dumps(read) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
