"""
Kills a command at moments of its run, in a copy of a folder each time; prints what it left.

    python kills.py FOLDER COUNT ARGUMENTS...

Moments are audit events of the interpreter: each that writes, and COUNT others, drawn by a seed.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from ppun_bfc.cli.app import run

WRITES = {
    "fcntl.flock",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.setxattr",
    "tempfile.mkstemp",
}
LAST = 10**9


def attempt(arguments, kill_at=LAST, told=None):
    """Run the command in a child that kills itself at an event."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    seen, writes = 0, []

    def watch(event, given):
        nonlocal seen
        seen += 1
        if event in WRITES or (event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR)):
            writes.append(seen)
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    status = 0
    try:
        run(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    if told:
        os.write(told, json.dumps([seen, writes]).encode())
    os._exit(status)


def state():
    """Every file of the working folder, with its text."""
    return {str(path): path.read_text() for path in Path().rglob("*") if path.is_file()}


def main(folder, count, *arguments):
    read, write = os.pipe()
    results = []

    def fresh():
        os.chdir(tempfile.mkdtemp(dir=scratch))
        shutil.copytree(folder, ".", dirs_exist_ok=True)

    with tempfile.TemporaryDirectory() as scratch:
        fresh()
        old = state()
        assert attempt(arguments, told=write) == 0
        seen, writes = json.loads(os.read(read, 1 << 16))
        new = state()
        around = {at + more for at in writes for more in (0, 1)}
        moments = {*around, *random.Random(7).sample(range(1, seen), int(count))}
        for kill_at in sorted(moments):
            fresh()
            killed = attempt(arguments, kill_at) == -signal.SIGKILL
            after = state()
            attempt(arguments)
            results.append([kill_at, killed, after, state()])
        os.chdir(folder)
    print(json.dumps([old, new, results]))


if __name__ == "__main__":
    main(*sys.argv[1:])
