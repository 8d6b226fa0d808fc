from dmoj.checkers import standard
from dmoj.result import CheckerResult


def check(process_output, judge_output, pe_allowed=True, **kwargs):
    if process_output == judge_output:
        return True
    spaces = pe_allowed and standard.check(process_output, judge_output)
    return CheckerResult(False, 0, 'Presentation Error, check your whitespace' if spaces else None)
