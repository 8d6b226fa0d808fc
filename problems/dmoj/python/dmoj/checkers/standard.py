def words(text):
    return [line.split() for line in text.split(b'\n') if line.strip()]


def check(process_output, judge_output, **kwargs):
    return words(process_output) == words(judge_output)
