package dmoj

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// The format's default patterns of names.
const (
	usualInput  = `^(?=.*?\.in|in).*?(?:(?:^|\W)(?P<batch>\d+)[^\d\s]+)?(?P<case>\d+)[^\d\s]*$`
	usualOutput = `^(?=.*?\.out|out).*?(?:(?:^|\W)(?P<batch>\d+)[^\d\s]+)?(?P<case>\d+)[^\d\s]*$`
)

// position is the text that a pattern finds for a case or a batch: a number or another text.
type position struct {
	text   string // for a number, its digits without leading zeros
	number bool
}

var integer = regexp.MustCompile(`^\s*([+-]?)([0-9]+(?:_[0-9]+)*)\s*$`)

// mostDigits is the length above which Python does not read digits as a number.
const mostDigits = 4300

// positionOf returns the position for a text, as Python's int reads it.
func positionOf(text string) position {
	m := integer.FindStringSubmatch(text)
	if m == nil || len(text) > mostDigits {
		return position{text, false}
	}
	n, ok := new(big.Int).SetString(m[1]+strings.ReplaceAll(m[2], "_", ""), 10)
	if !ok {
		return position{text, false}
	}
	return position{n.String(), true}
}

// compare orders positions: first texts by their characters, then numbers by value.
func (p position) compare(o position) int {
	switch {
	case p.number != o.number:
		return cmp.Compare(boolOf(p.number), boolOf(o.number))
	case !p.number:
		return strings.Compare(p.text, o.text)
	}
	a, _ := new(big.Int).SetString(p.text, 10)
	b, _ := new(big.Int).SetString(o.text, 10)
	return a.Cmp(b)
}

// boolOf returns 1 for true.
func boolOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// matched holds the cases that patterns find among names, by batch.
type matched struct {
	cases   map[position]map[position]*pair
	batches map[position]bool // batches that a pattern named
}

// pair holds the files of a case; "": no such file.
type pair struct{ in, out string }

// matching finds the cases whose names match the patterns ("Specifying cases with regexes").
func (r *reader) matching(top *config) ([]*config, error) {
	var given struct {
		Input  string    `yaml:"input_format"`
		Output string    `yaml:"output_format"`
		Points []float64 `yaml:"case_points"`
	}
	key := r.key("test_cases")
	inner, err := r.yaml.Inner(key)
	if err != nil {
		return nil, err
	}
	if err := r.yaml.Get(key, &given); err != nil {
		return nil, err
	}
	for _, known := range []string{"input_format", "output_format", "case_points"} {
		inner.Has(known) // it is read above
	}
	r.problem.Remarks = append(r.problem.Remarks, inner.Unknown()...)
	names, err := r.names()
	if err != nil {
		return nil, err
	}
	all := matched{map[position]map[position]*pair{}, map[position]bool{}}
	for _, one := range []struct {
		key, written, usual string
		file                func(*pair) *string
	}{
		{"input_format", given.Input, usualInput, func(p *pair) *string { return &p.in }},
		{"output_format", given.Output, usualOutput, func(p *pair) *string { return &p.out }},
	} {
		p, err := compilePattern(cmp.Or(one.written, one.usual))
		if err == nil {
			err = all.find(p, names, one.file)
		}
		if err != nil {
			return nil, inner.Fault(one.key, fmt.Sprintf("%s: the pattern %.200q: %.200s", one.key,
				cmp.Or(one.written, one.usual), err), "")
		}
	}
	return r.ordered(all, given.Points, top)
}

// find adds the names that match a pattern. If several have the same place, the last counts.
func (m matched) find(p *pattern, names []string, file func(*pair) *string) error {
	for _, name := range names {
		found, err := p.match(name)
		if err != nil {
			return err
		}
		if found == nil {
			continue
		}
		group := func(name string) (position, bool) {
			g := found.GroupByName(name)
			if !p.has(name) || g == nil || len(g.Captures) == 0 {
				return position{}, false
			}
			return positionOf(g.String()), true
		}
		number, ok := group("case")
		if !ok {
			return fmt.Errorf("no number of a case in %.100q: write (?P<case>\\d+)", name)
		}
		batch, batched := group("batch")
		if batched {
			m.batches[batch] = true
		} else {
			batch = number // "non-batched cases treat their case number as their batch number"
		}
		if m.cases[batch] == nil {
			m.cases[batch] = map[position]*pair{}
		}
		if m.cases[batch][number] == nil {
			m.cases[batch][number] = &pair{}
		}
		*file(m.cases[batch][number]) = name
	}
	return nil
}

// ordered returns the cases as a list of cases would have them.
func (r *reader) ordered(all matched, points []float64, top *config) ([]*config, error) {
	var cases []*config
	for _, batch := range slices.SortedFunc(maps.Keys(all.cases), position.compare) {
		numbers := slices.SortedFunc(maps.Keys(all.cases[batch]), position.compare)
		first, last := numbers[0], numbers[len(numbers)-1]
		switch {
		case first.number != last.number:
			return nil, r.yaml.Fault(r.key("test_cases"),
				fmt.Sprintf("cannot order the cases %.100q and %.100q of a batch: only one is a number",
					first.text, last.text), "")
		case len(numbers) > 1 && !all.batches[batch]:
			return nil, r.yaml.Fault(r.key("test_cases"), fmt.Sprintf("several cases have the number %.100q",
				batch.text), "")
		}
		one := &config{outer: top}
		for _, number := range numbers {
			files := all.cases[batch][number]
			if files.in == "" || files.out == "" {
				what, name := "output", files.in
				if name == "" {
					what, name = "input", files.out
				}
				r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault(r.key("test_cases"),
					fmt.Sprintf("no %s for %q: an empty one is used", what, name), ""))
			}
			if !all.batches[batch] {
				one.files = files
				continue
			}
			one.batched = append(one.batched, &config{outer: one, files: files})
		}
		if points != nil {
			if len(cases) >= len(points) {
				return nil, r.yaml.Fault(r.key("test_cases"),
					fmt.Sprintf("case_points has %d numbers, but there are more cases and batches", len(points)), "")
			}
			one.points = &points[len(cases)]
		}
		cases = append(cases, one)
	}
	if len(cases) < len(points) {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault(r.key("test_cases"),
			fmt.Sprintf("case_points has %d numbers for %d cases and batches", len(points), len(cases)), ""))
	}
	return cases, nil
}

// names returns the names of the files in the archive, in its order, or of those in the problem's directory.
func (r *reader) names() ([]string, error) {
	if r.listed != nil {
		return r.listed, nil
	}
	return r.data.Files(".")
}
