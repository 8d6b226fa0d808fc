from collections import Counter


def letters(text):
    return Counter(b''.join(text.split()).lower())


def check(process_output, judge_output, **kwargs):
    return letters(process_output) == letters(judge_output)
