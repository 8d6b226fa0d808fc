package dmoj

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// The DMOJ's defaults; see ProblemConfig in dmoj/problem.py of its judge-server.
const (
	usualWallFactor = 3
	usualOutputMax  = 25165824 // bytes
)

// standIn is the time limit until it is measured: the site has the limits, not the package.
const standIn = 10 * time.Second

// limits reads the package's settings of limits, files and buffers.
func (r *reader) limits() error {
	l := &r.problem.Limits
	var err error
	if l.WallFactor, err = r.positive("wall_time_factor", usualWallFactor, 1000); err != nil {
		return err
	}
	*l = l.WithTime(standIn)
	if l.Output, err = r.outputLimit(); err != nil {
		return err
	}
	if err := r.yaml.Get(r.key("unbuffered"), &r.problem.Unbuffered); err != nil {
		return err
	}
	var names struct{ Input, Output string }
	if err := r.yaml.Get("file_io", &names); err != nil {
		return err
	}
	if strings.Contains(names.Input+names.Output, "/") {
		return r.yaml.Fault("file_io", "file_io: a file name has a slash: expected a name without a directory", "")
	}
	r.problem.Files = problems.FileNames{Input: names.Input, Output: names.Output}
	return nil
}

// outputLimit reads output_limit_length. Setters write 0 for no limit, although the DMOJ then permits no output.
func (r *reader) outputLimit() (problems.Bytes, error) {
	key, zero := r.key("output_limit_length"), 1.0
	if err := r.yaml.Get(key, &zero); err != nil {
		return 0, err
	}
	if zero == 0 {
		r.remark(key, key+" is 0, with which the DMOJ permits no output: its default of 24 MiB applies")
		return usualOutputMax, nil
	}
	output, err := r.positive("output_limit_length", usualOutputMax, 1<<40)
	return problems.Bytes(output), err
}

// positive reads a number above 0 and up to most.
func (r *reader) positive(name string, usual, most float64) (float64, error) {
	key, value := r.key(name), usual
	if err := r.yaml.Get(key, &value); err != nil {
		return 0, err
	}
	if !(value > 0 && value <= most) {
		return 0, r.yaml.Fault(key, fmt.Sprintf("%s: %g is out of range: expected a number above 0 and up to %g", key,
			value, most), "")
	}
	return value, nil
}

// unused notes keys that have an effect on the DMOJ but none here, and keys that seem to have one.
// output_prefix_length sets how much of an output the site shows.
func (r *reader) unused() {
	r.yaml.Has(r.key("output_prefix_length"))
	for _, one := range []struct{ key, why string }{
		{"hints", "Java is started as for every problem"},
		{"meta", "graders do not get it"},
		{"symlinks", "submissions do not find these files"},
		{"short_circuit", "the DMOJ's judge does not use it either: " +
			"only a failed case without points skips later cases"},
		{"time_limit", "the DMOJ's judge gets the limit from the site, too"},
		{"memory_limit", "the DMOJ's judge gets the limit from the site, too"},
	} {
		key := r.key(one.key)
		var node yaml.Node
		if !r.yaml.Has(key) || r.yaml.Get(key, &node) == nil && (node.Value == "false" ||
			node.Kind != yaml.ScalarNode && len(node.Content) == 0) {
			continue
		}
		r.remark(key, key+" is not used: "+one.why)
	}
}
