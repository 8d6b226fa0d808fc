package native

import (
	"fmt"
	"math/big"
	"regexp"
	"time"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// defaults are the limits of a problem that gives none; all but the time limit are the ICPC package format's or the
// judge's own, see docs/spec.md.
func defaults() problems.Limits {
	return problems.Limits{
		Time: time.Second, Wall: problems.DefaultWall(time.Second),
		Memory: 256 * problems.MiB, Output: 8 * problems.MiB,
		CompilationTime: 60 * time.Second, CompilationMemory: 2048 * problems.MiB,
		Code: 128 * problems.KiB,
	}
}

// Bounds of limits. Beyond them is a slip of the pen, or an overflow further on.
const (
	longestTime   = 24 * 60 * 60 // s
	mostMemory    = 1 << 20      // MiB
	mostProcesses = 1 << 15
)

func limitKeys() []key {
	l := func(r *reader) *problems.Limits { return &r.problem.Limits }
	return []key{
		{"time_limit", seconds(func(r *reader, d time.Duration) { l(r).Time, l(r).Wall = d, problems.DefaultWall(d) })},
		{"wall_time", seconds(func(r *reader, d time.Duration) { l(r).Wall = d })}, // after time_limit, whose default it replaces
		{"memory", size(problems.MiB, 1, mostMemory, func(r *reader, b problems.Bytes) { l(r).Memory = b })},
		{"output", size(problems.MiB, 0, mostMemory, func(r *reader, b problems.Bytes) { l(r).Output = b })},
		{"processes", (*reader).processes},
		{"compilation_time", seconds(func(r *reader, d time.Duration) { l(r).CompilationTime = d })},
		{"compilation_memory", size(problems.MiB, 1, mostMemory, func(r *reader, b problems.Bytes) { l(r).CompilationMemory = b })},
		{"code", size(problems.KiB, 0, mostMemory, func(r *reader, b problems.Bytes) { l(r).Code = b })},
	}
}

func (r *reader) limits(node *yaml.Node) error {
	given, err := r.mapping(node, limitKeys())
	if err != nil {
		return err
	}
	if l := r.problem.Limits; l.Wall < l.Time {
		return r.fault(given["wall_time"], fmt.Sprintf("wall_time is less than time_limit, %v s", l.Time.Seconds()),
			"elapsed time is never less than the CPU time of one core; leave wall_time out for 2 x time_limit + 1")
	}
	return nil
}

// written is the grammar of numbers: decimal, as written. YAML's own readings (octal 010, 0x10, 1_000, .inf, 1:30) do not
// apply.
var written = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)

// number reads a number as written, exactly.
func (r *reader) number(node *yaml.Node) (*big.Rat, error) {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if node.Kind != yaml.ScalarNode || node.Style&quoted != 0 || len(node.Value) > 100 || !written.MatchString(node.Value) {
		found := kindOf(node)
		if node.Kind == yaml.ScalarNode && node.Style&quoted != 0 {
			found += " in quotes"
		}
		return nil, r.fault(node, "expected a number, found "+found, "write a decimal number such as 2, 0.5 or 1e-6")
	}
	value, ok := new(big.Rat).SetString(node.Value)
	if !ok {
		return nil, r.fault(node, "expected a number, found "+kindOf(node), "")
	}
	return value, nil
}

// within reads a number, in units, that must be more than zero, at least least and at most most.
func (r *reader) within(node *yaml.Node, unit, least, most int64) (int64, error) {
	value, err := r.number(node)
	if err != nil {
		return 0, err
	}
	if value.Sign() <= 0 || value.Cmp(big.NewRat(least, 1)) < 0 || value.Cmp(big.NewRat(most, 1)) > 0 {
		return 0, r.fault(node, fmt.Sprintf("%s is out of range", node.Value), fmt.Sprintf("it must be more than 0, at least %d and at most %d", least, most))
	}
	value.Mul(value, big.NewRat(unit, 1))
	units := new(big.Int).Quo(value.Num(), value.Denom()).Int64()
	if units == 0 {
		return 0, r.fault(node, fmt.Sprintf("%s is too small to be told from 0", node.Value), "")
	}
	return units, nil
}

func seconds(set func(*reader, time.Duration)) func(*reader, *yaml.Node) error {
	return func(r *reader, node *yaml.Node) error {
		d, err := r.within(node, int64(time.Second), 0, longestTime)
		if err == nil {
			set(r, time.Duration(d))
		}
		return err
	}
}

func size(unit problems.Bytes, least, most int64, set func(*reader, problems.Bytes)) func(*reader, *yaml.Node) error {
	return func(r *reader, node *yaml.Node) error {
		b, err := r.within(node, int64(unit), least, most)
		if err == nil {
			set(r, problems.Bytes(b))
		}
		return err
	}
}

func (r *reader) processes(node *yaml.Node) error {
	value, err := r.number(node)
	if err == nil && !value.IsInt() {
		err = r.fault(node, "processes is a whole number", "")
	}
	if err != nil {
		return err
	}
	n, err := r.within(node, 1, 1, mostProcesses)
	r.problem.Limits.Processes = int(n)
	return err
}
