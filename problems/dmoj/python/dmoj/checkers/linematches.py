from dmoj.checkers import linecount


def check(process_output, judge_output, **kwargs):
    return linecount.check(process_output, judge_output, **kwargs)
