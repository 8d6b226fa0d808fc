package native

import (
	"fmt"
	"math/big"
	"time"

	"judge/problems"
	"judge/problems/strictyaml"
)

// quantity is the unit in which a limit is written, with its bounds. Values beyond them are typing mistakes, or would
// overflow later.
type quantity struct {
	name  string // of the unit, in messages
	unit  int64  // in nanoseconds, bytes or processes, as the model counts
	least int64  // in the written unit; 0: anything above 0
	most  int64
}

func seconds() quantity   { return quantity{"seconds", int64(time.Second), 0, 24 * 60 * 60} }
func memory() quantity    { return quantity{"MiB", int64(problems.MiB), 1, 1 << 20} }
func output() quantity    { return quantity{"MiB", int64(problems.MiB), 0, 1 << 20} }
func code() quantity      { return quantity{"KiB", int64(problems.KiB), 0, 1 << 20} }
func processes() quantity { return quantity{"processes", 1, 1, 1 << 15} } // pid_max of small systems, proc(5)

func limitKeys() []key {
	return []key{
		{"time_limit", limit(seconds(), func(l *problems.Limits, n int64) {
			l.Time, l.Wall = time.Duration(n), problems.DefaultWall(time.Duration(n))
		})},
		// after time_limit, whose default it replaces
		{"wall_time", limit(seconds(), func(l *problems.Limits, n int64) { l.Wall = time.Duration(n) })},
		{"memory", limit(memory(), func(l *problems.Limits, n int64) { l.Memory = problems.Bytes(n) })},
		{"output", limit(output(), func(l *problems.Limits, n int64) { l.Output = problems.Bytes(n) })},
		{"output_counts", (*reader).outputCounts},
		{"processes", limit(processes(), func(l *problems.Limits, n int64) { l.Processes = int(n) })},
		{"compilation_time", limit(seconds(), func(l *problems.Limits, n int64) {
			l.CompilationTime = time.Duration(n)
		})},
		{"compilation_memory", limit(memory(), func(l *problems.Limits, n int64) {
			l.CompilationMemory = problems.Bytes(n)
		})},
		{"code", (*reader).codeLimit},
		{"validation_time", limit(seconds(), func(l *problems.Limits, n int64) {
			l.ValidationTime = time.Duration(n)
		})},
		{"validation_memory", limit(memory(), func(l *problems.Limits, n int64) {
			l.ValidationMemory = problems.Bytes(n)
		})},
		{"validation_output", limit(output(), func(l *problems.Limits, n int64) {
			l.ValidationOutput = problems.Bytes(n)
		})},
		{"generation_output", limit(output(), func(l *problems.Limits, n int64) {
			l.GenerationOutput = problems.Bytes(n)
		})},
	}
}

func limit(q quantity, set func(*problems.Limits, int64)) func(*reader, *strictyaml.Node) error {
	return func(r *reader, node *strictyaml.Node) error {
		n, err := r.quantity(node, q)
		if err == nil {
			set(&r.problem.Limits, n)
		}
		return err
	}
}

// codeLimit reads the limit on a submission's sources.
func (r *reader) codeLimit(node *strictyaml.Node) error {
	r.problem.CodeStated = true
	return limit(code(), func(l *problems.Limits, n int64) { l.Code = problems.Bytes(n) })(r, node)
}

// outputCounts reads which outputs the limit on output counts.
func (r *reader) outputCounts(node *strictyaml.Node) error {
	i, err := node.OneOf("value of output_counts", []string{"stdout", "all"})
	r.problem.Limits.OutputOfAll = i == 1
	return err
}

// fileWriting reads whether submissions can write files.
func (r *reader) fileWriting(node *strictyaml.Node) error {
	allowed, err := node.Bool()
	if err != nil {
		return err
	}
	if !allowed && r.problem.Files.Output != "" {
		return node.Fault("allow_file_writing: false cannot be combined with files: output",
			"remove one of the two: a submission must write that file")
	}
	r.problem.Limits.ReadOnly = !allowed
	return nil
}

func (r *reader) limits(node *strictyaml.Node) error {
	given, err := r.mapping(node, limitKeys())
	if err != nil {
		return err
	}
	if l := r.problem.Limits; given["wall_time"] != nil && l.Wall < l.Time {
		return given["wall_time"].Fault(fmt.Sprintf("wall_time is less than time_limit, %v s", l.Time.Seconds()),
			"raise wall_time, or remove it for the default 2 x time_limit + 1")
	}
	return nil
}

// convert returns the hint for a number with a unit: the number in the unit of the quantity. It is "" for other texts.
func (q quantity) convert(text string) string {
	value := ""
	switch q.unit {
	case 1: // a count
	case int64(time.Second):
		value = problems.InSeconds(text)
	default:
		value = problems.InBytes(text, problems.Bytes(q.unit))
	}
	if value == "" {
		return ""
	}
	return "write " + value + ": the unit is " + q.name
}

// quantity reads a limit and returns it in nanoseconds, bytes or processes, rounded down.
func (r *reader) quantity(node *strictyaml.Node, q quantity) (int64, error) {
	if hint := q.convert(node.Raw()); node.IsScalar() && hint != "" {
		return 0, node.Fault("expected a number, found "+node.Found(), hint)
	}
	value, err := node.Number()
	if err != nil {
		return 0, err
	}
	hint := fmt.Sprintf("write more than 0 and at most %d %s", q.most, q.name)
	if q.least > 0 {
		hint = fmt.Sprintf("write %d to %d %s", q.least, q.most, q.name)
	}
	asBytes := new(big.Rat).Quo(value, big.NewRat(q.unit, 1))
	if q.name == "MiB" && value.Cmp(big.NewRat(q.most, 1)) > 0 && asBytes.IsInt() {
		hint = "write " + asBytes.RatString() + " for " + node.Raw() + " bytes: the unit is MiB"
	}
	if value.Cmp(big.NewRat(q.least, 1)) < 0 || value.Cmp(big.NewRat(q.most, 1)) > 0 {
		return 0, node.Fault(node.Raw()+" is out of range", hint)
	}
	if q.unit == 1 && !value.IsInt() {
		return 0, node.Fault(node.Raw()+" is not a whole number", hint)
	}
	value.Mul(value, big.NewRat(q.unit, 1))
	n := new(big.Int).Quo(value.Num(), value.Denom()).Int64()
	if n == 0 {
		return 0, node.Fault(node.Raw()+" is out of range", hint)
	}
	return n, nil
}
