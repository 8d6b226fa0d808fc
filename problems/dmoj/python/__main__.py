"""Run a checker or an interactive grader that is written for the DMOJ's judge, as an output validator of the ICPC.

    python3 /prog INPUT ANSWER FEEDBACK_DIRECTORY/ MODULE OPTIONS

MODULE is a file of the problem, or the name of a checker that comes with the DMOJ. OPTIONS is JSON: the points of the
case, its position, batch and settings, and the arguments of the checker. The output of the submission is on stdin. An
interactive grader writes to the submission on stdout. The environment has what the run used.
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
    """Write what a check has returned, and exit."""
    from dmoj.result import CheckerResult, Result

    passed, earned, message = result, None, ''
    if isinstance(result, CheckerResult):
        passed, earned, message = result.passed, result.points, result.feedback
    elif isinstance(result, Result):
        passed, earned, message = result.result_flag == Result.AC, result.points, result.feedback
    elif not isinstance(result, bool):
        raise TypeError('the checker returned %r: expected a bool or a CheckerResult' % (result,))
    if message:
        with open(feedback + 'judgemessage.txt', 'wb') as file:
            file.write(message if isinstance(message, bytes) else str(message).encode('utf-8', 'replace'))
    if earned is not None and points:  # an output that is not accepted may have points, too
        with open(feedback + 'score_multiplier.txt', 'w') as file:
            file.write('%.9f' % min(max(earned / points, 0), 1))
    try:
        sys.stdout.flush()
    except (OSError, ValueError):  # the submission has closed its input, or the grader its output
        pass
    os._exit(ACCEPT if passed else REJECT)


LANGUAGES = {
    'bash': 'BASH', 'c': 'C', 'cpp': 'CPP20', 'cpp17': 'CPP17', 'csharp': 'MONOCS', 'go': 'GO', 'haskell': 'HASK',
    'java': 'JAVA', 'javascript': 'V8JS', 'kotlin': 'KOTLIN', 'lua': 'LUA', 'ocaml': 'OCAML', 'pascal': 'PAS',
    'perl': 'PERL', 'php': 'PHP', 'pypy3': 'PYPY3', 'python3': 'PY3', 'ruby': 'RUBY', 'rust': 'RUST',
}


def submitted():
    """Return the source and the language of the submission. Where none has run they are empty."""
    from dmoj.unknown import Unknown

    if 'JUDGE_LANGUAGE' not in os.environ:
        return b'', ''
    source, language = os.environ.get('JUDGE_SOURCE'), LANGUAGES.get(os.environ['JUDGE_LANGUAGE'])
    return read(source) if source else Unknown('the source of several files'), language or Unknown('this language')


def used(result):
    result.execution_time = float(os.environ.get('JUDGE_CPU', 0))
    result.wall_clock_time = float(os.environ.get('JUDGE_WALL', 0))
    result.max_memory = int(os.environ.get('JUDGE_MEMORY', 0)) // 1024


def check(loaded, case, options):
    from dmoj.result import CheckerResult, Result

    result = Result(case)
    used(result)
    source, language = submitted()
    result.proc_output = sys.stdin.buffer.read()
    try:
        return loaded.check(
            result.proc_output, case.output_data(), judge_input=case.input_data(), point_value=case.points,
            case_position=case.position, batch=case.batch, binary_data=case.has_binary_data, submission_source=source,
            submission_language=language, execution_time=result.execution_time, case=case, result=result,
            problem_id=options.get('problem', ''), **options.get('args', {}),
        )
    except UnicodeDecodeError:
        return CheckerResult(False, 0, 'invalid unicode')


def main():
    judge_input, judge_answer, feedback, module, options = sys.argv[1:6]
    options = json.loads(options)
    loaded = load(module)

    from dmoj.case import Case

    case = Case(read(judge_input), read(judge_answer), options)
    if hasattr(loaded, 'Grader'):
        from dmoj.graders.interactive import run
        answer(run(loaded.Grader, case), case.points, feedback)
    answer(check(loaded, case, options), case.points, feedback)


main()
