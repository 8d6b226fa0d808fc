def check(process_output, judge_output, **kwargs):
    got, expected = process_output.rstrip().split(b'\n'), judge_output.rstrip().split(b'\n')
    return [line.rstrip() for line in got] == [line.rstrip() for line in expected]
