package problems

import (
	"math/big"
	"regexp"
	"strings"
	"time"
)

// withUnit is a number followed by a unit.
var withUnit = regexp.MustCompile(`^([0-9]{1,9}(?:\.[0-9]{1,9})?) *([A-Za-z]{1,10})$`)

// InSeconds converts a text such as "500ms" to a decimal number of seconds; "" for a text that is not a time with a
// unit.
func InSeconds(text string) string {
	return inUnit(text, int64(time.Second), map[string]int64{
		"ms": int64(time.Millisecond), "s": int64(time.Second), "sec": int64(time.Second), "secs": int64(time.Second),
		"second": int64(time.Second), "seconds": int64(time.Second), "min": int64(time.Minute), "m": int64(time.Minute),
	})
}

// InBytes converts a text such as "1G" to a decimal number of units, such as MiB; "" for a text that is not a size with
// a unit. MB is read as MiB.
func InBytes(text string, unit Bytes) string {
	return inUnit(text, int64(unit), map[string]int64{
		"b": 1, "k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20, "g": 1 << 30,
		"gb": 1 << 30, "gib": 1 << 30,
	})
}

func inUnit(text string, unit int64, units map[string]int64) string {
	m := withUnit.FindStringSubmatch(text)
	if m == nil || units[strings.ToLower(m[2])] == 0 {
		return ""
	}
	value, ok := new(big.Rat).SetString(m[1])
	if !ok {
		return ""
	}
	value.Mul(value, big.NewRat(units[strings.ToLower(m[2])], unit))
	return strings.TrimSuffix(strings.TrimRight(value.FloatString(6), "0"), ".")
}
