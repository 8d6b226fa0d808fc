#!/usr/bin/env python3
"""Runs commands in jails that one judge keeps warm: a small client of `judge jail --serve`.

    python3 examples/jail_client.py bin/judge

Any thread may call run. Answers come in any order, so each call waits for the one with its id.
"""
import base64
import concurrent.futures
import json
import subprocess
import sys
import threading


class Jails:
    def __init__(self, judge="judge", *flags):
        self.process = subprocess.Popen(
            [judge, "jail", "--serve", *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.lock = threading.Lock()  # of the requests
        self.waiting = {}
        self.next = 0
        # Answers are read all the time: judge stops reading requests while too many answers wait.
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()  # judge answers what is left, and exits with 0
        self.reader.join()
        self.process.wait()

    def run(self, *cmd, stdin=b"", **request):
        """Runs a command and returns the answer, with stdout and stderr as bytes."""
        answer = concurrent.futures.Future()
        request |= {"cmd": cmd, "stdin_base64": base64.b64encode(stdin).decode()}
        with self.lock:
            request["id"] = self.next
            self.next += 1
            self.waiting[request["id"]] = answer
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        got = answer.result()
        if "error" in got:
            raise RuntimeError(got["error"])
        for name in ["stdout", "stderr"]:
            if name + "_base64" in got:
                got[name] = base64.b64decode(got[name + "_base64"])
            else:
                got[name] = got[name].encode()
        return got

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            self.waiting.pop(answer["id"]).set_result(answer)
        for answer in self.waiting.values():  # judge has ended
            answer.set_exception(EOFError("judge jail --serve has ended"))


def main(judge):
    with Jails(judge, "--memory", "64") as jails, concurrent.futures.ThreadPoolExecutor(4) as threads:
        square = lambda n: jails.run("sh", "-c", "read n; echo $((n * n))", stdin=b"%d\n" % n, time_limit=1)
        for n, answer in enumerate(threads.map(square, range(10))):
            print(f"{n}: {answer['cause']}, exit code {answer['exit_code']}, stdout {answer['stdout'].decode().strip()}")


if __name__ == "__main__":
    main(sys.argv[1])
