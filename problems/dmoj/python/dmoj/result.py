class Result:
    AC, WA, RTE, TLE, MLE, IR, SC, OLE, IE = 0, 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 30

    def __init__(
        self, case, result_flag=0, execution_time=0, max_memory=0, proc_output=b'', feedback='', extended_feedback='',
        points=None, **_
    ):
        self.case = case
        self.result_flag = result_flag
        self.execution_time = self.wall_clock_time = execution_time
        self.max_memory = max_memory
        self.context_switches = (0, 0)
        self.runtime_version = ''
        self.proc_output = proc_output
        self.feedback = feedback
        self.extended_feedback = extended_feedback
        self.points = case.points if points is None else points

    @property
    def total_points(self):
        return self.case.points

    @property
    def output(self):
        return self.proc_output.decode('utf-8', 'replace')


class CheckerResult:
    def __init__(self, passed, points, feedback=None, extended_feedback=None):
        if not isinstance(passed, bool):
            raise TypeError('passed is %r: expected a bool' % (passed,))
        if not isinstance(points, (int, float)):
            raise TypeError('points are %r: expected a number' % (points,))
        self.passed, self.points, self.feedback, self.extended_feedback = passed, points, feedback, extended_feedback

    def __bool__(self):
        return self.passed
