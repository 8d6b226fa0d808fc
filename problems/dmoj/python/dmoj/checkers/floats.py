def close(mode, error, expected, got):
    absolute, relative = abs(expected - got) <= error, abs(expected - got) <= error * abs(expected)
    return {'absolute': absolute, 'relative': relative}.get(mode, absolute or relative)


def check(process_output, judge_output, precision=6, error_mode='default', **kwargs):
    expected = [line.split() for line in judge_output.split(b'\n') if line.strip()]
    got = [line.split() for line in process_output.split(b'\n') if line.strip()]
    if [len(line) for line in expected] != [len(line) for line in got]:
        return False
    error = 10 ** -int(precision)
    for one, other in zip((word for line in expected for word in line), (word for line in got for word in line)):
        try:
            number = float(one)
        except ValueError:
            if one != other:
                return False
            continue
        try:
            if not close(error_mode, error, number, float(other)):
                return False
        except ValueError:
            return False
    return True
