from collections import Counter

from dmoj.checkers.linecount import lines
from dmoj.error import InternalError


def check(process_output, judge_output, split_on='lines', **kwargs):
    if split_on not in ('lines', 'whitespace'):
        raise InternalError('invalid `split_on` mode')

    def parts(text):
        if split_on == 'whitespace':
            return Counter(text.split())
        return Counter(tuple(line.split()) for line in lines(text))

    return parts(process_output) == parts(judge_output)
