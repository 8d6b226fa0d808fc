package generators

import (
	"fmt"
	"regexp"
	"strconv"

	"judge/problems/strictyaml"
)

// hasCount reports whether a test states how many tests it makes.
func hasCount(n *strictyaml.Node) bool {
	given, err := fields(n)
	return err == nil && given["count"] != nil && !given["count"].IsNull()
}

// rangeOfCount matches a range whose ends are included.
var rangeOfCount = regexp.MustCompile(`^(-?[0-9]{1,9})\.\.=(-?[0-9]{1,9})$`)

// countsOf returns the numbers of the tests that a value describes: [1] without a count.
func countsOf(n *strictyaml.Node) ([]int, error) {
	if !n.IsMapping() || !hasCount(n) {
		return []int{1}, nil
	}
	given, err := fields(n)
	if err != nil {
		return nil, err
	}
	c := given["count"]
	if c.IsList() {
		return listed(c)
	}
	if m := rangeOfCount.FindStringSubmatch(c.Raw()); isText(c) && m != nil {
		low, _ := strconv.Atoi(m[1])
		high, _ := strconv.Atoi(m[2])
		if low > high || high-low >= mostCount {
			return nil, c.Fault(
				fmt.Sprintf("count: the range %s holds no numbers, or more than %d", c.Raw(), mostCount),
				"write the lower number first, and at most 100 numbers")
		}
		return upTo(low, high), nil
	}
	high, err := c.Int(1, mostCount)
	if err != nil {
		return nil, c.Fault("count: expected a number from 1 to 100, a list of numbers or a range, found "+c.Found(),
			"write count: 3, count: [1, 2, 3] or count: 1..=3")
	}
	return upTo(1, high), nil
}

// upTo returns the numbers from low to high.
func upTo(low, high int) (numbers []int) {
	for n := low; n <= high; n++ {
		numbers = append(numbers, n)
	}
	return numbers
}

// listed returns the numbers of a list.
func listed(c *strictyaml.Node) ([]int, error) {
	all, err := c.List("numbers", "")
	if err != nil {
		return nil, err
	}
	if len(all) > mostCount {
		return nil, c.Fault(fmt.Sprintf("count: %d numbers: expected at most %d", len(all), mostCount), "")
	}
	seen := map[int]bool{}
	var numbers []int
	for _, one := range all {
		const most = 1_000_000_000
		n, err := one.Target().Int(-most, most)
		if err != nil {
			return nil, err
		}
		if seen[n] {
			return nil, one.Fault(fmt.Sprintf("count: %d appears twice", n), "remove one")
		}
		seen[n] = true
		numbers = append(numbers, n)
	}
	return numbers, nil
}
