"""Progress on the terminal, long commands, and refusals in one sentence."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

HEARTBEAT_TERMINAL = 1
HEARTBEAT_LOG = 20
PR_SET_PDEATHSIG = 1


class Failure(Exception):
    """Something the user must act on; its text is one sentence that says how."""


def say(text=""):
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextlib.contextmanager
def step(title):
    """Announce a step that takes long and say afterwards how long it took."""
    say(f"==> {title}")
    start = time.monotonic()
    yield
    say(f"    {title}: done in {duration(time.monotonic() - start)}")


def duration(seconds):
    """Seconds as a person reads them: ``8 s`` or ``3 min 05 s``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def run(argv, log, *, env=None, cwd=None, describe=None):
    """Run a long command with its output in ``log`` and show that it is alive.

    The command gets a process group of its own, so that an interruption ends it
    together with all its children (Chromium, for one).

    :param log: path of the file that receives stdout and stderr
    :param describe: function of the log's last lines giving the text to show
    :return: the exit code
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        try:
            _watch(process, log, describe or last_line)
        finally:
            stop(process)
    return process.returncode


def check(argv, log, what, **options):
    """Run a long command and refuse to go on when it fails."""
    if code := run(argv, log, **options):
        say(tail(log, 25))
        raise Failure(f"{what} failed with code {code}; the whole output is in {log}.")


def _watch(process, log, describe):
    terminal = sys.stdout.isatty()
    beat = HEARTBEAT_TERMINAL if terminal else HEARTBEAT_LOG
    start = time.monotonic()
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=beat)
                return
            text = f"    … {duration(time.monotonic() - start)} {describe(log)}"
            if terminal:
                width = os.get_terminal_size().columns - 1
                print(f"\r\033[K{text[:width]}", end="", flush=True)
            else:
                say(text[:160])
    finally:
        if terminal:
            print("\r\033[K", end="", flush=True)


def stop(process):
    """End a process started with ``start_new_session`` and all it started."""
    if process.poll() is None:
        _signal_group(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
    _signal_group(process.pid, signal.SIGKILL)


def end_with_parent():
    """In a child: ask the kernel to end it when this command is killed hard."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(group, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def tail(path, lines):
    """The last lines of a file, as text."""
    with contextlib.suppress(FileNotFoundError), open(path, "rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 400 * lines))
        return "\n".join(stream.read().decode(errors="replace").splitlines()[-lines:])
    return ""


def last_line(log):
    """What the command said last, for the progress line."""
    return tail(log, 1).strip()


def main(function):
    """Run a command's ``main`` and turn refusals and interruptions into an exit."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return function(sys.argv[1:])
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        return 130


def _interrupt(_number, _frame):
    # Python's own handling of Ctrl-C is the one clean way out of everything.
    raise KeyboardInterrupt
