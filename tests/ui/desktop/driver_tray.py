"""Drives pause, tray and quitting from outside. Runs under the system's own Python; prints one JSON line.

The tray stands in the top left corner of the screen, the sign of the program at its beginning.
"""

import json
import subprocess
import sys
import time

import pyatspi
from driver import application, by_id, press, waited

SIGN = ("13", "13")


def keys(*names):
    """Press keys one after the other."""
    for name in names:
        subprocess.run(["xdotool", "key", name], check=True)
        time.sleep(0.25)


def click(button):
    """Click on the sign in the tray."""
    subprocess.run(["xdotool", "mousemove", *SIGN, "click", button], check=True)
    time.sleep(0.6)


def is_shown(root):
    """Whether the main window is on the screen."""
    windows = [root.getChildAtIndex(place) for place in range(root.childCount)]
    main = [one for one in windows if one is not None and one.get_accessible_id().endswith("main_window")]
    return any(one.getState().contains(pyatspi.STATE_SHOWING) for one in main)


def choose(root, object_name, value):
    """Choose in a box by its objectName and the words of the entry."""
    box = waited(lambda: by_id(root, object_name))
    entries = box.getChildAtIndex(0)
    for place in range(entries.childCount):
        if entries.getChildAtIndex(place).name == value:
            entries.querySelection().selectChild(place)
    waited(lambda: by_id(root, object_name).name == value)


def first():
    """Pause for an hour, close to the tray, come back by a click, quit by the menu."""
    root = application("ClinicBridge")
    words = waited(lambda: by_id(root, "state_words"))
    press(root, "Sync now")
    waited(lambda: "Up to date" in words.name or "question" in words.name, 60)
    read = {"synced": words.name}
    choose(root, "pause_length", "1 hour")
    press(root, "Pause")
    waited(lambda: words.name.startswith("Paused until"))
    read["paused"] = words.name
    read["button"] = by_id(root, "pause").name
    keys("ctrl+w")
    waited(lambda: not is_shown(root))
    click("1")
    waited(lambda: is_shown(root))
    click("3")
    keys("Up", "Return")
    return read


def second():
    """Started in the tray: no window until the sign is clicked, and the pause of before still lasts."""
    root = application("ClinicBridge")
    time.sleep(1.5)
    read = {"shown_at_first": is_shown(root)}
    click("1")
    waited(lambda: is_shown(root))
    words = waited(lambda: by_id(root, "state_words"))
    waited(lambda: words.name.startswith("Paused"))
    read["still"] = words.name
    press(root, "Resume")
    waited(lambda: "Up to date" in words.name or "question" in words.name, 60)
    read["resumed"] = words.name
    keys("ctrl+q")
    return read


if __name__ == "__main__":
    sys.stdout.write(json.dumps(first() if sys.argv[1] == "first" else second()) + "\n")
