import re


def check(process_output, judge_output, filter_new_line=False, **kwargs):
    got, expected = (re.split(b'[\r\n]', text) for text in (process_output, judge_output))
    if filter_new_line:
        got, expected = ([line for line in lines if line] for lines in (got, expected))
    return [line.rstrip() for line in got] == [line.rstrip() for line in expected]
