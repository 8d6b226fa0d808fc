from collections import Counter


def check(process_output, judge_output, split_on='lines', **kwargs):
    def parts(text):
        if split_on == 'whitespace':
            return Counter(text.split())
        return Counter(b' '.join(line.split()) for line in text.split(b'\n') if line.strip())

    return parts(process_output) == parts(judge_output)
