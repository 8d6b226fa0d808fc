class Config(dict):
    """What the problem's file says of a case, by attribute and by key."""

    def __getattr__(self, name):
        return self.get(name)


class Case:
    def __init__(self, judge_input, judge_output, options):
        self._input, self._output = judge_input, judge_output
        self.points = options.get('points', 1)
        self.position = options.get('position', 0)
        self.batch = options.get('batch', 0)
        self.config = Config(points=self.points)

    def input_data(self):
        return self._input

    def output_data(self):
        return self._output
