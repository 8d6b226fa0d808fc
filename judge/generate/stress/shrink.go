package stress

import (
	"context"
	"hash/maphash"
	"iter"
	"strings"
)

// shrinker makes a failing input smaller by delta debugging: it removes lines, tokens and characters and makes
// numbers smaller, as long as the result still fails.
//
// Most inputs count what they hold. So an edit that removes something is tried alone and together with a smaller
// number above it.
type shrinker struct {
	// failing returns the index of the first candidate that is a valid input and still fails; -1: none. It is
	// called with at most batch of them. After ctx has ended it returns -1.
	failing func(ctx context.Context, candidates []string) int
	batch   int

	seed     maphash.Seed
	rejected map[uint64]bool // hashes of candidates that need not be tried again
}

// maxRejected bounds the memory for candidates that were tried.
const maxRejected = 1 << 20

// shrink returns the smallest input that it finds: the input itself, or a shorter one, or one of the same length
// with smaller digits. It ends when no edit helps, or with ctx.
func (s *shrinker) shrink(ctx context.Context, input string) string {
	s.seed, s.rejected = maphash.MakeSeed(), map[uint64]bool{}
	for changed := true; changed && ctx.Err() == nil; {
		changed = false
		for _, edits := range []func(document) iter.Seq[document]{
			withoutLines, withoutTokens, withoutColumns, withoutValues, withoutCharacters, withSmallerNumbers,
		} {
			if smaller := s.pass(ctx, input, edits); smaller != input {
				input, changed = smaller, true
			}
		}
	}
	return input
}

// pass applies one kind of edits from the first to the last. After one that helps it goes on where it was: what did
// not help before rarely does now, and shrink comes back to it.
func (s *shrinker) pass(ctx context.Context, input string, edits func(document) iter.Seq[document]) string {
	for done := 0; ctx.Err() == nil; {
		at, better := s.next(ctx, input, edits, done)
		if at < 0 {
			return input
		}
		done, input = at, better
	}
	return input
}

// next tries the edits beyond the first skipped, and returns the number and the result of the first that helps; -1:
// none does.
func (s *shrinker) next(
	ctx context.Context, input string, edits func(document) iter.Seq[document], skipped int,
) (int, string) {
	var batch []string
	var numbers []int
	try := func() int {
		found := s.failing(ctx, batch)
		for i, c := range batch {
			if (found < 0 || i < found) && ctx.Err() == nil && len(s.rejected) < maxRejected {
				s.rejected[maphash.String(s.seed, c)] = true
			}
		}
		return found
	}
	n := -1
	for d := range edits(parse([]byte(input))) {
		if n++; n < skipped {
			continue
		}
		c := d.String()
		if !smaller(c, input) || s.rejected[maphash.String(s.seed, c)] {
			continue
		}
		batch, numbers = append(batch, c), append(numbers, n)
		if len(batch) < max(s.batch, 1) {
			continue
		}
		if found := try(); found >= 0 {
			return numbers[found], batch[found]
		}
		if ctx.Err() != nil {
			return -1, ""
		}
		batch, numbers = batch[:0], numbers[:0]
	}
	if len(batch) > 0 {
		if found := try(); found >= 0 {
			return numbers[found], batch[found]
		}
	}
	return -1, ""
}

// smaller is the order in which inputs shrink. There is no infinite descent in it, so shrinking ends.
func smaller(a, b string) bool {
	return len(a) < len(b) || len(a) == len(b) && strings.Compare(a, b) < 0
}
