package main

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"judge/problems"
)

// seconds reads a flag's value in seconds; 0 means that the flag was not given.
func seconds(flag, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	const lowest, highest = 0.001, 24 * 60 * 60
	value, err := between(flag, text, " of seconds", lowest, highest, problems.InSeconds(text))
	return time.Duration(value * float64(time.Second)), err
}

// mebibytes reads a flag's value in MiB, into bytes; 0 means that the flag was not given.
func mebibytes(flag, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	const lowest, highest = 0.001, 1 << 20
	value, err := between(flag, text, " of MiB", lowest, highest, problems.InBytes(text, problems.MiB))
	return int64(value * (1 << 20)), err
}

// between reads a number within bounds; meant is what to write instead of a text with a unit, "" without one.
func between(flag, text, unit string, lowest, highest float64, meant string) (float64, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || value < lowest || value > highest {
		hint := ""
		if meant != "" {
			hint = "write --" + flag + " " + meant
		}
		return 0, &usageError{fmt.Sprintf("--%s %s: expected a number%s from %s to %s", flag, text, unit,
			strconv.FormatFloat(lowest, 'f', -1, 64), strconv.FormatFloat(highest, 'f', -1, 64)), hint}
	}
	return value, nil
}

// count reads a flag's value as a whole number; 0 means that the flag was not given.
func count(flag, text string, most int) (int, error) {
	if text == "" {
		return 0, nil
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < 1 || value > most {
		return 0, &usageError{fmt.Sprintf("--%s %s: expected a whole number from 1 to %d", flag, text, most), ""}
	}
	return value, nil
}
