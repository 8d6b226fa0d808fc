import re

from dmoj.result import CheckerResult


def lines(text):
    return [line for line in re.split(b'[\r\n]', text) if line]


def check(process_output, judge_output, point_value=1, feedback=True, **kwargs):
    got, expected = lines(process_output), lines(judge_output)
    if len(got) > len(expected):
        return False
    if not expected:
        return True
    right = [one.strip() == other.strip() for one, other in zip(got, expected)]
    right += [False] * (len(expected) - len(got))
    message = ''.join('\u2713' if one else '\u2717' for one in right) if feedback else ''
    return CheckerResult(all(right), point_value * sum(right) / len(right), message)
