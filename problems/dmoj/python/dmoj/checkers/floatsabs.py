from dmoj.checkers import floats


def check(process_output, judge_output, **kwargs):
    return floats.check(process_output, judge_output, **{**kwargs, 'error_mode': 'absolute'})
