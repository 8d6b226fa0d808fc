"""Interactive graders, as in docs.dmoj.ca, "Custom graders"."""

import sys

from dmoj.result import CheckerResult
from dmoj.utils.unicode import utf8bytes

LONGEST_NUMBER = 10000


class WrongAnswer(BaseException):
    pass


class Interactor:
    """Reads bytes from the submission and writes to it."""

    def __init__(self, read, write):
        self._read, self._write, self._line = read, write, None

    def read(self):
        return self._some(self._read.read())

    def readln(self, strip_newline=True):
        line = self._some(self._read.readline())
        return line.rstrip() if strip_newline else line

    def _some(self, data):
        if not data:
            raise IOError('the submission has closed its output')
        return data

    def readtoken(self, delim=None):
        if not self._line:
            self._line = self.readln()
        token, *rest = self._line.split(delim, 1) or [b'']
        self._line = rest[0] if rest else None
        return token

    def readint(self, lo=float('-inf'), hi=float('inf'), delim=None):
        return self._number(int, lo, hi, delim)

    def readfloat(self, lo=float('-inf'), hi=float('inf'), delim=None):
        return self._number(float, lo, hi, delim)

    def _number(self, kind, lo, hi, delim):
        token = self.readtoken(delim)
        shown = token[:20].decode('utf-8', 'replace')
        if len(token) > LONGEST_NUMBER:
            raise WrongAnswer('%s is too long' % kind.__name__)
        try:
            number = kind(token)
        except ValueError:
            raise WrongAnswer('expected %s, got "%s"' % (kind.__name__, shown))
        if not lo <= number <= hi:
            raise WrongAnswer('expected %s in range [%s, %s], got %s' % (kind.__name__, lo, hi, shown))
        return number

    def write(self, val):
        try:
            self._write.write(utf8bytes(val if isinstance(val, bytes) else str(val)))
            self._write.flush()
        except BrokenPipeError:
            raise IOError('the submission has closed its input')

    def writeln(self, val):
        self.write(val if isinstance(val, bytes) else str(val))
        self.write('\n')

    def close(self):
        for stream in (self._read, self._write):
            try:
                stream.close()
            except OSError:
                pass


class InteractiveGrader:
    def __init__(self, case):
        self.case = case

    def interact(self, case, interactor):
        raise NotImplementedError


def run(kind, case):
    """Run a grader on a case. A fault of the submission returns False, one of the grader raises."""
    if not issubclass(kind, InteractiveGrader):
        raise TypeError('expected a Grader that is an InteractiveGrader')
    interactor = Interactor(sys.stdin.buffer, sys.stdout.buffer)
    try:
        result = kind(case).interact(case, interactor)
    except WrongAnswer as wrong:
        result = CheckerResult(False, 0, str(wrong))
    except IOError as ended:
        result = CheckerResult(False, 0, str(ended))
    return result
