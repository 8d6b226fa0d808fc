from dmoj.result import CheckerResult


def lines(text):
    return [line for line in text.split(b'\n') if line.strip()]


def check(process_output, judge_output, point_value=1, feedback=True, match=lambda got, expected: got.split() == expected.split(), **kwargs):
    got, expected = lines(process_output), lines(judge_output)
    if not expected:
        return not got
    if len(got) > len(expected):
        return False
    right = [match(one, other) for one, other in zip(got, expected)] + [False] * (len(expected) - len(got))
    message = ''.join('\u2713' if one else '\u2717' for one in right) if feedback else ''
    return CheckerResult(all(right), point_value * sum(right) / len(right), message)
