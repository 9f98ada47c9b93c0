"""Runs programs one after the other, each in a process and an empty folder of its own, and answers with what they print.

In: a JSON list of {"source", "path"}, `path` a list of folders to import from first. Out: a JSON list of {"output", "error"}.
The libraries are imported once; every program is a fork.
"""

import contextlib
import io
import json
import multiprocessing
import os
import sys
import tempfile
import traceback

import pandas  # noqa: F401
import sklearn.svm  # noqa: F401
import torch


def run(program, answer):
    torch.set_num_threads(1)
    sys.path[:0] = program["path"]
    output, error = io.StringIO(), None
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with contextlib.redirect_stdout(output):
            try:
                exec(compile(program["source"], "program.py", "exec"), {"__name__": "__main__"})
            except BaseException:
                error = traceback.format_exc()
        os.chdir(os.sep)
    answer.send({"output": output.getvalue(), "error": error})


def result_of(program):
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(program, send))
    process.start()
    # Without it a program that dies would never end the wait.
    send.close()
    try:
        return receive.recv()
    except EOFError:
        process.join()
        return {"output": "", "error": f"the process ended with {process.exitcode}"}


context = multiprocessing.get_context("fork")
json.dump([result_of(program) for program in json.load(sys.stdin)], sys.stdout)
