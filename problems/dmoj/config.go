package dmoj

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// config holds the values of a case or a batch in init.yml. Missing values come from the batch and the problem around
// it.
type config struct {
	values  map[string]yaml.Node
	outer   *config
	line    int
	column  int
	batched []*config // cases of a batch; nil for a case
	files   *pair     // files found by a pattern; nil: values has them
	points  *float64  // points by case_points; nil: values has them
}

// inherited lists the keys of the problem that cases may have, too.
func inherited() []string {
	return []string{"in", "out", "points", "binary_data", "generator", "generator_args", "generator_in"}
}

// top returns the values of cases that state no others.
func (r *reader) top() (*config, error) {
	top := &config{values: map[string]yaml.Node{}}
	for _, key := range inherited() {
		var node yaml.Node
		if err := r.yaml.Get(r.key(key), &node); err != nil {
			return nil, err
		}
		if node.Kind != 0 {
			top.values[key] = node
		}
	}
	return top, nil
}

// key returns the problem's spelling of a key: the DMOJ reads "-" as "_".
func (r *reader) key(name string) string {
	if dashed := strings.ReplaceAll(name, "_", "-"); !r.yaml.Has(name) && r.yaml.Has(dashed) {
		return dashed
	}
	return name
}

// get decodes the value of a key of the case, or else of the batch or the problem around it. Without a value, to is
// unchanged.
func (c *config) get(key string, to any) error {
	for ; c != nil; c = c.outer {
		for _, spelled := range []string{key, strings.ReplaceAll(key, "_", "-")} {
			if node, ok := c.values[spelled]; ok {
				if node.Tag == "!!null" {
					return nil
				}
				return node.Decode(to)
			}
		}
	}
	return nil
}

// has reports whether a key has a value.
func (c *config) has(key string) bool {
	var node yaml.Node
	return c.get(key, &node) == nil && node.Kind != 0
}

// cases reads a list of cases and batches.
func (r *reader) cases(key string, outer *config) ([]*config, error) {
	var nodes []yaml.Node
	if err := r.yaml.Get(key, &nodes); err != nil {
		return nil, err
	}
	return r.casesOf(key, nodes, outer, false)
}

// casesOf reads a list of cases, or of cases and batches if batched is false.
func (r *reader) casesOf(key string, nodes []yaml.Node, outer *config, batched bool) ([]*config, error) {
	all := []*config{}
	for _, node := range nodes {
		c := &config{values: map[string]yaml.Node{}, outer: outer, line: node.Line, column: node.Column}
		if err := node.Decode(&c.values); err != nil {
			return nil, r.folder.FaultAt(FileName, &node, key+": a case must have keys and values", "")
		}
		if err := r.keysOfCase(c); err != nil {
			return nil, err
		}
		if _, ok := c.values["batched"]; ok {
			if batched {
				return nil, r.folder.FaultAt(FileName, &node, "a batch within a batch", "")
			}
			var inner []yaml.Node
			if err := c.get("batched", &inner); err != nil {
				return nil, r.folder.FaultAt(FileName, &node, "batched: expected a list of cases", "")
			}
			var err error
			if c.batched, err = r.casesOf(key, inner, c, true); err != nil {
				return nil, err
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// keysOfCase notes unused keys of a case, and rejects keys with computed values.
func (r *reader) keysOfCase(c *config) error {
	for key, node := range c.values {
		name, msg := strings.ReplaceAll(key, "-", "_"), ""
		switch {
		case strings.HasSuffix(key, "+"):
			return r.computed(key, c.line)
		case slices.Contains(keysUsed(), name):
		case name == "time_limit" || name == "memory_limit":
			msg = name + " of a case is not used: the DMOJ's judge does not read it either"
		case slices.Contains([]string{"output_limit_length", "wall_time_factor", "symlinks"}, name):
			msg = name + " of a single case is not used: that of the problem applies"
		default:
			msg = fmt.Sprintf("unknown key %q of a case", key)
		}
		if msg != "" && !r.said(msg) {
			r.problem.Remarks = append(r.problem.Remarks, r.folder.FaultAt(FileName, &node, msg, ""))
		}
	}
	return nil
}

// keysUsed lists the keys of a case that are read, and the one that only the site uses.
func keysUsed() []string {
	return append(inherited(), "batched", "dependencies", "requirements", "checker", "output_prefix_length")
}

// computed returns the error about a key whose value is Python code.
func (r *reader) computed(key string, line int) error {
	return r.folder.Fault(FileName, line, fmt.Sprintf("key %.100q: computing values in Python is not supported", key),
		"write the computed value")
}
