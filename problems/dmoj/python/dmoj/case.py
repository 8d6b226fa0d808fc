class Config(dict):
    """The settings of a case, by attribute and by key. A missing one is None."""

    def __getattr__(self, name):
        return self[name.replace('_', '-')] if self[name] is None else self[name]

    def __getitem__(self, name):
        return wrapped(dict.get(self, name))

    def get(self, name, default=None):
        return self[name] if name in self else default

    def items(self):
        return ((name, self[name]) for name in self)

    def unwrap(self):
        return dict(self)


class ConfigList(list):
    def __getitem__(self, at):
        return wrapped(list.__getitem__(self, at))

    def __iter__(self):
        return map(wrapped, list.__iter__(self))

    def unwrap(self):
        return list(list.__iter__(self))


def wrapped(value):
    if type(value) is dict:
        return Config(value)
    if type(value) is list:
        return ConfigList(value)
    return value


class Case:
    def __init__(self, judge_input, judge_output, options):
        self._input, self._output = judge_input, judge_output
        self.points = options.get('points', 1)
        self.position = options.get('position', 0)
        self.batch = options.get('batch', 0)
        self.has_binary_data = options.get('binary_data', False)
        self.config = Config(options.get('config', {}), points=self.points)

    def input_data(self):
        return self._input

    def output_data(self):
        return self._output
