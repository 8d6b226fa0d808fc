from dmoj.checkers.linecount import lines
from dmoj.error import InternalError


def near_absolute(got, expected, error):
    return abs(got - expected) <= error


def near_relative(got, expected, error):
    ends = sorted((expected * (1 - error), expected * (1 + error)))
    return ends[0] <= got <= ends[1]


def near_either(got, expected, error):
    return near_absolute(got, expected, error) or abs(expected) >= error and abs(1 - got / expected) <= error


MODES = {'absolute': near_absolute, 'relative': near_relative, 'default': near_either}


def same(expected, got, near, error):
    try:
        number = float(expected)
    except ValueError:
        return expected == got
    return near(float(got), number, error)


def check(process_output, judge_output, precision=6, error_mode='default', **kwargs):
    if error_mode not in MODES:
        raise InternalError('invalid `error_mode` value')
    error = 10 ** -int(precision)
    expected, got = ([line.split() for line in lines(text)] for text in (judge_output, process_output))
    if [len(line) for line in expected] != [len(line) for line in got]:
        return False
    try:
        return all(
            same(one, other, MODES[error_mode], error)
            for expected_line, got_line in zip(expected, got) for one, other in zip(expected_line, got_line)
        )
    except (ValueError, ArithmeticError):
        return False
