package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"judge/problems"
)

const benchSubmissions, benchRuns = 10_000, 24

// filled returns a result file of 10,000 submissions with 24 runs each.
func filled(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "results.judge")
	s := opened(tb, path, benchSubmissions)
	putAll(tb, s)
	closed(tb, s)
	return path
}

func putAll(tb testing.TB, s *Store) {
	tb.Helper()
	for i := range benchSubmissions {
		j := aJudgement(fmt.Sprintf("s%d", i), problems.AC, benchRuns)
		j.Reason, j.Log, j.Evidence, j.Groups, j.Score = "", "", "", nil, nil
		j.Source = fmt.Sprintf("%064x", i)
		if i%2 == 1 {
			j.Verdict, j.Evidence = problems.WA, "test 24: line 3: expected 12, got 13"
		}
		for k := range j.Runs {
			j.Runs[k].Reason, j.Runs[k].Message, j.Runs[k].Verdict = "", "", problems.AC
		}
		if i%2 == 1 {
			j.Runs[benchRuns-1].Verdict, j.Runs[benchRuns-1].Message = problems.WA, "line 3: expected 12, got 13"
		}
		if err := s.Put(j); err != nil {
			tb.Fatal(err)
		}
	}
}

func TestFileStaysSmall(t *testing.T) {
	info, err := os.Stat(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	const most = 15 << 20
	t.Logf("%.1f MiB, %.1f bytes a run", float64(info.Size())/(1<<20), float64(info.Size())/benchSubmissions/benchRuns)
	if info.Size() > most {
		t.Errorf("expected at most %d bytes, got %d", most, info.Size())
	}
}

// BenchmarkPut stores 10,000 judgements with 24 runs each.
func BenchmarkPut(b *testing.B) {
	for b.Loop() {
		s := opened(b, filepath.Join(b.TempDir(), "results.judge"), benchSubmissions)
		putAll(b, s)
		closed(b, s)
	}
	b.ReportMetric(float64(b.N*benchSubmissions*benchRuns)/b.Elapsed().Seconds(), "runs/s")
}

// BenchmarkResults reads the results of 10,000 submissions from a file with 240,000 runs, opened each time.
func BenchmarkResults(b *testing.B) {
	path := filled(b)
	for b.Loop() {
		r, err := OpenReader(path)
		if err != nil {
			b.Fatal(err)
		}
		results(b, r)
		r.Close()
	}
}

// BenchmarkRuns streams 240,000 runs.
func BenchmarkRuns(b *testing.B) {
	r, err := OpenReader(filled(b))
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	for b.Loop() {
		n := 0
		for of, err := range r.Runs(b.Context(), Which{}) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(of.Runs)
		}
		if n != benchSubmissions*benchRuns {
			b.Fatalf("expected %d runs, got %d", benchSubmissions*benchRuns, n)
		}
	}
}
