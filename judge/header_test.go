package judge

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge/cache"
	"judge/judge/report"
	"judge/problems"
)

// enoughSources have to include a header before it is compiled.
const enoughSources = 3

// withStandardHeader are programs that print ok, each in a way of its own.
func withStandardHeader(t *testing.T, n int) []string {
	t.Helper()
	var paths []string
	for i := range n {
		paths = append(paths, writeFile(t, filepath.Join(t.TempDir(), fmt.Sprintf("s%d.cpp", i)),
			fmt.Sprintf("#include <bits/stdc++.h>\nint main() { std::vector<int> v(%d, 1); std::cout << (v.size() == %d ? \"ok\" : \"no\") << std::endl; }\n", i, i)))
	}
	return paths
}

// withSmallHeader are programs that print ok, each in a way of its own. They include smallHeader: all headers of C++
// take the compiler seconds.
func withSmallHeader(t *testing.T, n int) []string {
	t.Helper()
	var paths []string
	for i := range n {
		paths = append(paths, writeFile(t, filepath.Join(t.TempDir(), fmt.Sprintf("s%d.cpp", i)),
			"#include <"+smallHeader+">\nextern \"C\" int puts(const char *);\nint main() { puts(\"ok\"); }\n"+
				strings.Repeat("\n", i)))
	}
	return paths
}

const smallHeader = "bits/types.h"

// jailedWithSmallHeader is a judge that precompiles smallHeader.
func jailedWithSmallHeader(t *testing.T) *Judge {
	t.Helper()
	j := jailed(t)
	j.Languages = table(t, "languages:\n  cpp: {precompiled: "+smallHeader+"}\n")
	return j
}

func okProblem(t *testing.T) *problems.Problem { return problemOf(t, "\n", "ok\n") }

// keptHeaders lists the precompiled headers of a cache.
func keptHeaders(t *testing.T, c *cache.Cache) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(filepath.Join(c.Dir, "programs"), "*", "product", "*.gch"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func allAccepted(t *testing.T, r *report.Report) {
	t.Helper()
	for _, s := range r.Submissions {
		if s.Verdict != problems.AC || s.Compile.Log != "" {
			t.Errorf("%s: %v %q\n%s", s.Path, s.Verdict, s.Reason, s.Compile.Log)
		}
	}
}

func TestHeaderIsCompiledWhenEnoughSourcesIncludeIt(t *testing.T) {
	j := jailedWithSmallHeader(t)
	all := withSmallHeader(t, 5)
	for i, want := range []int{0, 0, 1} { // one more source each time
		allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[:i+1]}))
		if kept := keptHeaders(t, j.Cache); len(kept) != want {
			t.Fatalf("after %d sources: headers %q, want %d", i+1, kept, want)
		}
	}
	var used sync.Map
	run := j.Run
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		for _, b := range c.Root.Binds {
			used.Store(b.Target, true)
		}
		return run(ctx, c)
	}
	allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[3:]}))
	if _, ok := used.Load("/headers/bits"); !ok {
		t.Error("the header that is there was not used")
	}
}

func TestPrecompiledHeaderIsInvisible(t *testing.T) {
	sources := map[string]string{
		"an error":              "#include <bits/stdc++.h>\nstruct A {};\nint main() { std::vector<A> v(2); std::sort(v.begin(), v.end()); return x; }\n",
		"a warning":             "#include <bits/stdc++.h>\n#warning look\nint main() { std::puts(\"ok\"); }\n",
		"a pragma before":       "#pragma GCC optimize(\"O3\")\n#pragma GCC target(\"sse4.2\")\n#include <bits/stdc++.h>\n#include <nmmintrin.h>\nint main() { std::puts(_mm_crc32_u8(1, 2) != 1 ? \"ok\" : \"no\"); }\n",
		"a macro before":        "#define NUMBER long long\n#include <bits/stdc++.h>\n#define int NUMBER\nsigned main() { std::puts(sizeof(int) == 8 ? \"ok\" : \"no\"); }\n",
		"a macro that matters":  "#define _GLIBCXX_DEBUG\n#include <bits/stdc++.h>\nint main() {\n#ifdef _GLIBCXX_DEBUG_VECTOR\nstd::puts(\"ok\");\n#endif\n}\n",
		"a macro in the header": "#include <bits/stdc++.h>\nint main() { std::puts(INT_MAX == 2147483647 && __COUNTER__ == 0 ? \"ok\" : \"no\"); }\n",
		"not there at all":      "// bits/stdc++.h\nint main() { return x; }\n",
		"another header first":  "#include <cstdio>\n#include <bits/stdc++.h>\nint main() { std::puts(\"ok\"); }\n",
		"its own name":          "#include <bits/stdc++.h>\nint main() { std::puts(std::string(__FILE__) == \"main.cpp\" && __LINE__ == 2 ? \"ok\" : \"no\"); }\n",
	}
	with, without := jailed(t), jailed(t)
	without.Cache = nil
	allAccepted(t, judgeAll(t, with, Request{Problem: okProblem(t), Submissions: withStandardHeader(t, enoughSources)}))
	if len(keptHeaders(t, with.Cache)) != 1 {
		t.Fatal("there is no header to compile with")
	}
	whats := slices.Sorted(maps.Keys(sources))
	request := Request{Problem: okProblem(t)}
	for _, what := range whats {
		request.Submissions = append(request.Submissions, writeFile(t, filepath.Join(t.TempDir(), "main.cpp"), sources[what]))
	}
	compiledWith, compiledWithout := judgeAll(t, with, request).Submissions, judgeAll(t, without, request).Submissions
	for i, what := range whats {
		a, b := compiledWith[i], compiledWithout[i]
		if a.Verdict != b.Verdict || a.Reason != b.Reason || a.Compile.OK != b.Compile.OK || a.Compile.Log != b.Compile.Log {
			t.Errorf("%s: with the header %v %q %q\nwithout %v %q %q", what, a.Verdict, a.Reason, a.Compile.Log, b.Verdict, b.Reason, b.Compile.Log)
		}
		if wants := map[bool]problems.Verdict{true: problems.AC, false: problems.CE}; b.Verdict != wants[!strings.Contains(sources[what], "return x")] {
			t.Errorf("%s: %v %s", what, b.Verdict, b.Compile.Log)
		}
	}
}

func TestADamagedHeaderIsNotUsed(t *testing.T) {
	j := jailedWithSmallHeader(t)
	all := withSmallHeader(t, 2*enoughSources)
	allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[:enoughSources]}))
	kept := keptHeaders(t, j.Cache)
	if len(kept) != 1 {
		t.Fatal(kept)
	}
	whole, err := os.Stat(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(kept[0], whole.Size()/2); err != nil {
		t.Fatal(err)
	}
	allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[enoughSources:]}))
	again := keptHeaders(t, j.Cache)
	if len(again) != 1 {
		t.Fatalf("headers %q, want a new one", again)
	}
	if info, err := os.Stat(again[0]); err != nil || info.Size() <= whole.Size()/2 {
		t.Errorf("the damaged header is still there: %v", err)
	}
}

func TestHeaderOfChangedFilesIsRecompiled(t *testing.T) {
	j := jailedWithSmallHeader(t)
	all := withSmallHeader(t, 2*enoughSources)
	allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[:enoughSources]}))
	kept := keptHeaders(t, j.Cache)
	if len(kept) != 1 {
		t.Fatal(kept)
	}
	before, err := os.Stat(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	list := strings.TrimSuffix(kept[0], ".gch") + ".d"
	old := time.Now().Add(-100 * 365 * 24 * time.Hour) // the headers have been put there since
	if err := os.Chtimes(list, old, old); err != nil {
		t.Fatal(err)
	}
	allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all[enoughSources:]}))
	kept = keptHeaders(t, j.Cache)
	if len(kept) != 1 {
		t.Fatal(kept)
	}
	if after, err := os.Stat(kept[0]); err != nil || after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the old header is still there: %v", err)
	}
}

func TestTwoJudgesCompileOneHeader(t *testing.T) {
	first, second := jailedWithSmallHeader(t), jailedWithSmallHeader(t)
	second.Cache = first.Cache
	var both sync.WaitGroup
	for _, j := range []*Judge{first, second} {
		all := withSmallHeader(t, enoughSources)
		both.Go(func() { allAccepted(t, judgeAll(t, j, Request{Problem: okProblem(t), Submissions: all})) })
	}
	both.Wait()
	if kept := keptHeaders(t, first.Cache); len(kept) != 1 {
		t.Errorf("headers %q, want one", kept)
	}
}
