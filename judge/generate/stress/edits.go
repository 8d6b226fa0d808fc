package stress

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// chunks yields the parts of 0..n that are tried for removal: all, halves, quarters and so on; those of one to three
// at every position, as that many lines often belong together.
func chunks(n int) iter.Seq2[int, int] {
	const short = 3
	return func(yield func(a, b int) bool) {
		for size := n; size > short; size /= 2 {
			for a := 0; a < n; a += size {
				if !yield(a, min(a+size, n)) {
					return
				}
			}
		}
		for size := min(n, short); size > 0; size-- {
			for a := 0; a+size <= n; a++ {
				if !yield(a, a+size) {
					return
				}
			}
		}
	}
}

// counted yields an edited document, and then the same with one of its counters smaller by what was removed, or by
// one.
func counted(d document, counters []place, removed int, yield func(document) bool) bool {
	if !yield(d) {
		return false
	}
	for _, c := range counters {
		for _, by := range slices.Compact([]int{removed, 1}) {
			e := d.clone()
			if e.add(c, int64(-by)) && !yield(e) {
				return false
			}
		}
	}
	return true
}

// withoutLines yields the document without some of its lines.
func withoutLines(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		for a, b := range chunks(len(d)) {
			if b-a == len(d) {
				continue
			}
			counters := d.counters(a, len(d)-1, len(d)-2, len(d)-a)
			if !counted(d.withoutLines(a, b), counters, b-a, yield) {
				return
			}
		}
	}
}

// withoutTokens yields the document without some of the tokens of a line.
func withoutTokens(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		for l := range d {
			n := len(d[l].tokens)
			if n < 2 {
				continue
			}
			for a, b := range chunks(n) {
				counters := slices.Concat(d.counters(l, n), ownCounter(d, l, a))
				e := d.clone()
				e.cutTokens(l, a, b)
				if !counted(e, counters, b-a, yield) {
					return
				}
			}
		}
	}
}

// ownCounter returns the first token of a line, which may count the others: "3 5 6 7".
func ownCounter(d document, l, before int) []place {
	if n, is := number(d[l].tokens[0]); before > 0 && is && n > 0 {
		return []place{{l, 0}}
	}
	return nil
}

// withoutColumns yields the document without the same tokens in all lines of a block that have as many: in a
// matrix, or in two sequences of one length.
func withoutColumns(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		for top := 0; top < len(d); {
			bottom := top + 1
			for bottom < len(d) && len(d[bottom].tokens) == len(d[top].tokens) {
				bottom++
			}
			n := len(d[top].tokens)
			for a, b := range chunks(n) {
				if bottom-top < 2 || b-a == n {
					continue
				}
				e := d.clone()
				for l := top; l < bottom; l++ {
					e.cutTokens(l, a, b)
				}
				if !counted(e, d.counters(top, n), b-a, yield) {
					return
				}
			}
			top = bottom
		}
	}
}

// maxValues bounds the values that withoutValues removes.
const maxValues = 200

// withoutValues yields the document without one of the values that number things, such as a vertex of a graph or an
// element of a permutation. Edges of it go, and greater values move up. The first line has the counts.
func withoutValues(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		if len(d) < 2 || len(d[0].tokens) == 0 {
			return
		}
		n, is := number(d[0].tokens[0])
		if !is || n < 2 || n > maxValues {
			return
		}
		const edge = 3 // two ends and a weight
		for v := n; v >= 1; v-- {
			for _, most := range []int{edge, 0} {
				e, gone := d.without(v, most)
				e.add(place{0, 0}, -1)
				if gone > 0 && len(e[0].tokens) > 1 {
					f := e.clone()
					if f.add(place{0, 1}, int64(-gone)) && !yield(f) {
						return
					}
				}
				if !yield(e) {
					return
				}
			}
		}
	}
}

// without removes a value below the first line, and with it lines of at most so many tokens, which it counts.
func (d document) without(v int64, most int) (e document, gone int) {
	e = d[:1].clone()
	for _, l := range d[1:] {
		had := slices.Contains(l.tokens, strconv.FormatInt(v, 10))
		if had && len(l.tokens) <= most {
			gone++
			continue
		}
		kept := line{end: l.end}
		for i, t := range l.tokens {
			n, is := number(t)
			switch {
			case is && n == v:
				continue
			case is && n > v:
				t = strconv.FormatInt(n-1, 10)
			}
			kept.gaps, kept.tokens = append(kept.gaps, l.gaps[i]), append(kept.tokens, t)
		}
		if len(kept.gaps) > 0 && len(l.gaps) > 0 {
			kept.gaps[0] = l.gaps[0]
		}
		e = append(e, kept)
	}
	return e, gone
}

// withoutCharacters yields the document without some of the characters of a word, and then with simpler ones.
func withoutCharacters(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		for l := range d {
			for t, word := range d[l].tokens {
				const digits = 4 // a longer number may be a string of digits
				if _, is := number(word); is && len(word) <= digits {
					continue
				}
				for a, b := range chunks(len(word)) {
					if b-a == len(word) {
						continue
					}
					e := d.clone()
					e[l].tokens[t] = word[:a] + word[b:]
					if !counted(e, d.counters(l, len(word)), b-a, yield) {
						return
					}
				}
				if !simplerCharacters(d, l, t, yield) {
					return
				}
			}
		}
	}
}

// simplerCharacters yields the document with each character of a word replaced by the least one in it and by a or 0.
func simplerCharacters(d document, l, t int, yield func(document) bool) bool {
	word := d[l].tokens[t]
	least := string(slices.Min([]byte(word)))
	for _, by := range []string{"a", "A", "0", least} {
		for i := range len(word) {
			if by[0] >= word[i] || !sameClass(by[0], word[i]) {
				continue
			}
			for _, whole := range []string{strings.ReplaceAll(word, word[i:i+1], by), word[:i] + by + word[i+1:]} {
				e := d.clone()
				e[l].tokens[t] = whole
				if !yield(e) {
					return false
				}
			}
		}
	}
	return true
}

func sameClass(a, b byte) bool {
	class := func(c byte) int {
		switch {
		case c >= '0' && c <= '9':
			return 1
		case c >= 'a' && c <= 'z':
			return 2
		case c >= 'A' && c <= 'Z':
			return 3
		default:
			return 4
		}
	}
	return class(a) == class(b)
}

// withSmallerNumbers yields the document with a smaller number in place of another: everywhere, and at one place.
func withSmallerNumbers(d document) iter.Seq[document] {
	return func(yield func(document) bool) {
		seen := map[string]bool{}
		for l := range d {
			for t, word := range d[l].tokens {
				n, is := number(word)
				if !is {
					continue
				}
				for _, less := range lessThan(n) {
					e := d.clone()
					e[l].tokens[t] = less
					if !yield(e) {
						return
					}
					if !seen[word] && !yield(d.replaced(word, less)) {
						return
					}
				}
				seen[word] = true
			}
		}
	}
}

// lessThan returns numbers that are nearer to zero, the nearest first, or positive instead of negative.
func lessThan(n int64) []string {
	var all []string
	seen := map[int64]bool{n: true}
	for _, m := range []int64{0, 1, 2, n / 100, n / 10, n / 2, n - n/4, n - n/10, step(n), -n} {
		if !seen[m] && (m != -n || n < 0) && (m < 0 || m <= max(n, -n)) {
			seen[m] = true
			all = append(all, strconv.FormatInt(m, 10))
		}
	}
	return all
}

func step(n int64) int64 {
	if n < 0 {
		return n + 1
	}
	return n - 1
}

// replaced returns the document with one word in place of another.
func (d document) replaced(old, by string) document {
	e := d.clone()
	for l := range e {
		for t, word := range e[l].tokens {
			if word == old {
				e[l].tokens[t] = by
			}
		}
	}
	return e
}
