from dmoj.checkers import sorted


def check(process_output, judge_output, **kwargs):
    return sorted.check(process_output, judge_output, **{**kwargs, 'split_on': 'whitespace'})
