import re


def words(text):
    return [line.split() for line in re.split(b'[\r\n]', text) if line.strip()]


def check(process_output, judge_output, **kwargs):
    return words(process_output) == words(judge_output)
