from dmoj.checkers.linecount import lines
from dmoj.error import InternalError
from dmoj.result import CheckerResult


def check(process_output, judge_output, point_value=1, point_distribution=(1,), filler_lines_required=True, **kwargs):
    got, expected = lines(process_output), lines(judge_output)
    if len(expected) != len(point_distribution):
        raise InternalError('point distribution length must equal to judge output length')
    whole = sum(point_distribution)
    if whole == 0:
        raise InternalError('sum of point distribution must be positive')
    if filler_lines_required and len(got) != len(expected):
        return False
    earned = sum(points for one, other, points in zip(got, expected, point_distribution) if one == other)
    return CheckerResult(earned > 0, point_value * earned / whole)
