"""Runs a checker or an interactive grader that is written for the DMOJ's judge as output validators of the ICPC's format are run.

    python3 /prog INPUT ANSWER FEEDBACK_DIRECTORY/ MODULE OPTIONS

MODULE is a file of the problem's, or the name of a checker that comes with the DMOJ. OPTIONS is JSON: the points of the case, its
position, its batch and the arguments of the checker. The submission's output is on stdin, and an interactive grader's words go to stdout.
"""

import importlib
import importlib.util
import json
import os
import sys

ACCEPT, REJECT = 42, 43


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def load(module):
    if not module.endswith('.py'):
        return importlib.import_module('dmoj.checkers.' + module)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), module)
    spec = importlib.util.spec_from_file_location('of_the_problem', path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def answer(result, points, feedback):
    """Tells what a check has returned, a truth or a CheckerResult or a Result, and ends."""
    from dmoj.result import CheckerResult, Result

    passed, earned, message = bool(result), None, ''
    if isinstance(result, CheckerResult):
        passed, earned, message = result.passed, result.points, result.feedback
    elif isinstance(result, Result):
        passed, earned, message = result.result_flag == Result.AC, result.points, result.feedback
    if message:
        with open(feedback + 'judgemessage.txt', 'wb') as file:
            file.write(message if isinstance(message, bytes) else str(message).encode('utf-8', 'replace'))
    if earned is not None and points:  # what is not accepted may have points, too
        with open(feedback + 'score_multiplier.txt', 'w') as file:
            file.write('%.9f' % min(max(earned / points, 0), 1))
    try:
        sys.stdout.flush()
    except (OSError, ValueError):  # the submission does not listen any more, or the grader has closed it
        pass
    os._exit(ACCEPT if passed else REJECT)


def main():
    judge_input, judge_answer, feedback, module, options = sys.argv[1:6]
    options = json.loads(options)
    loaded = load(module)

    from dmoj.case import Case
    from dmoj.result import Result

    case = Case(read(judge_input), read(judge_answer), options)
    if hasattr(loaded, 'Grader'):
        from dmoj.graders.interactive import run
        answer(run(loaded.Grader, case), case.points, feedback)
    result = Result(case)
    result.proc_output = sys.stdin.buffer.read()
    answer(loaded.check(
        process_output=result.proc_output, judge_output=case.output_data(), judge_input=case.input_data(), point_value=case.points,
        case_position=case.position, batch=case.batch, binary_data=options.get('binary_data', True),
        submission_source=b'', submission_language='', execution_time=0.0, problem_id=options.get('problem', ''), case=case, result=result, **options.get('args', {}),
    ), case.points, feedback)


main()
