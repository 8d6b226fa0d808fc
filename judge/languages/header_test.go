package languages

import (
	"slices"
	"testing"
)

func TestAHeaderIsCompiledAsTheSourcesAre(t *testing.T) {
	tool := fakeTool(t, "tool 1.2")
	table := mustLoad(t, `languages:
  x:
    name: X
    extensions: [.x]
    compile: [`+tool+`, -x, x, -O2, -o, out/main, '{files}', -lm]
    compile_env: {DEBUG: '1'}
    compile_processes: 9
    precompiled: big/header.h
    run: [/prog/main]
    version: [`+tool+`]
`)
	l, _ := table.Lookup("x")
	p, err := l.Plan(submission("a.x", "int i;\n", "b.x", "#include <big/header.h>\n"), Limits{CompilationMemory: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	h := p.Header
	if h == nil {
		t.Fatal("a source includes the header, and there is none in the plan")
	}
	if want := []string{tool, "-x", "x-header", "-O2", "-o", "out/header.h.gch", "header.h", "-lm", "-MD", "-MF", "out/header.h.d"}; !slices.Equal(h.Plan.Compile, want) {
		t.Errorf("the command is %q, want %q", h.Plan.Compile, want)
	}
	if len(h.Plan.Files) != 1 || h.Plan.Files[0].Name != "header.h" || string(h.Plan.Files[0].Data) != "#include <big/header.h>\n" {
		t.Errorf("it is compiled from %v", h.Plan.Files)
	}
	if h.Dir() != "big" || h.Plan.CompileProcesses != 9 || !slices.Equal(h.Plan.CompileEnv, p.CompileEnv) || !slices.Equal(h.Plan.CompileSees, p.CompileSees) {
		t.Errorf("%+v is not like %+v", h.Plan, p)
	}
	if p, err := l.Plan(submission("a.x", "int i;\n"), Limits{}); err != nil || p.Header != nil {
		t.Errorf("without an include: %+v, %v", p.Header, err)
	}
}

func TestOnlyACommandLikeGccsCanPrecompile(t *testing.T) {
	rows := []struct{ compile, want []string }{
		{[]string{"g++", "-x", "c++", "-o", "out/main", "{files}"}, []string{"g++", "-x", "c++-header", "-o", "P", "{files}"}},
		{[]string{"g++", "-o", "out/main", "{files}"}, nil},
		{[]string{"g++", "-x", "c++", "{files}"}, nil},
		{[]string{"g++", "-o", "out/main", "-x"}, nil},
		{[]string{"g++", "-x", "c++", "-o"}, nil},
		{nil, nil},
	}
	for _, row := range rows {
		if got := headerCommand(row.compile, "P"); !slices.Equal(got, row.want) {
			t.Errorf("%q becomes %q, want %q", row.compile, got, row.want)
		}
	}
}
