from dmoj.checkers.standard import words


def standard(judge_output, process_output):
    return words(process_output) == words(judge_output)
